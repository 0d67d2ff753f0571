//! From the bytes of a file to its text.

use crate::error::{Code, Problem};

use super::read::line_and_column;

/// The text, without the mark that editors on Windows put before it.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Problem> {
    // Neither JSON nor TOML has a byte of zero, and UTF-16 begins with one or with its own mark.
    let reason = match (bytes, std::str::from_utf8(bytes)) {
        ([0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..], _) => {
            "line 1, column 1: this is UTF-16: save the file as UTF-8".to_owned()
        }
        (_, Ok(text)) => return Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        (_, Err(error)) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let good = std::str::from_utf8(good).unwrap_or_default();
            let (line, column) = line_and_column(good, good.len());
            let byte = bytes.get(good.len()).copied().unwrap_or_default();
            format!(
                "line {line}, column {column}: byte 0x{byte:02x} is not UTF-8, perhaps CP949 (EUC-KR): save the file as \
                 UTF-8"
            )
        }
    };
    Err(Problem::new(Code::NotUtf8, "", reason))
}

#[cfg(test)]
mod tests {
    use super::text;

    fn told(bytes: &[u8]) -> String {
        text(bytes).unwrap_err().message
    }

    #[test]
    fn a_mark_before_the_text_is_no_part_of_it() {
        assert_eq!(text("\u{feff}카페".as_bytes()), Ok("카페"));
        assert_eq!(text(b""), Ok(""));
        assert_eq!(text(b"1"), Ok("1"));
    }

    #[test]
    fn other_encodings_are_told_with_their_cure() {
        // "카페" in CP949, on the second line; its first two bytes could be a letter of UTF-8.
        let korean = b"a = 1\nb\"\xc4\xab\xc6\xe4\"";
        let expected =
            "line 2, column 4: byte 0xc6 is not UTF-8, perhaps CP949 (EUC-KR): save the file as UTF-8";
        assert_eq!(told(korean), expected);
        // A letter that was cut off.
        assert!(told(b"\xec\xb9").starts_with("line 1, column 1: byte 0xec"));
        for wide in [&b"\xff\xfe{\0"[..], b"\xfe\xff\0{", b"{\0\"\0", b"\0{\0\"", b"\xff\xfe"] {
            assert_eq!(told(wide), "line 1, column 1: this is UTF-16: save the file as UTF-8");
        }
    }
}
