//! Where a string of a TOML text begins that does not end: readers tell only where they gave up.

/// The byte at which the first string begins that is not closed: on its own line, or ever where it stands in three quotes.
pub(super) fn left_open(text: &str) -> Option<usize> {
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'', '#']) {
        let (_, from) = rest.split_at(at);
        rest = if from.starts_with('#') {
            from.find('\n').and_then(|end| from.get(end..)).unwrap_or_default()
        } else if let Some(after) = closed(from) {
            after
        } else {
            return Some(text.len().saturating_sub(from.len()));
        };
    }
    None
}

/// What comes after the string with which the text begins, where that is closed.
fn closed(text: &str) -> Option<&str> {
    let three = [r#"""""#, "'''"].into_iter().find(|three| text.starts_with(three));
    let quote = three.or_else(|| text.get(..1))?;
    let mut rest = text.strip_prefix(quote)?;
    loop {
        if let Some(after) = rest.strip_prefix(quote) {
            // Up to two quotes of the string itself may stand before the three that close it.
            let Some(one) = three.and_then(|three| three.get(..1)) else { return Some(after) };
            let after = after.strip_prefix(one).unwrap_or(after);
            return Some(after.strip_prefix(one).unwrap_or(after));
        }
        let mut letters = rest.chars();
        match letters.next()? {
            '\n' if three.is_none() => return None,
            // What is escaped closes nothing; the end of a line cannot be escaped.
            '\\' if quote.starts_with('"') && !letters.as_str().starts_with(['\n', '\r']) => {
                letters.next()?;
            }
            _ => {}
        }
        rest = letters.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::left_open;

    #[test]
    fn every_kind_of_string_can_be_left_open() {
        for (text, open) in [
            ("a = \"b\nc = \"d\"\n", Some(4)),
            ("a = 'b\n", Some(4)),
            ("a = \"b", Some(4)),
            ("a = \"b\\\"\nc = 1\n", Some(4)),
            ("a = \"b\\\r\nc = \"1\"\n", Some(4)),
            ("a = 'b\\'\nc = \"d\n", Some(13)),
            ("a = \"\"\"b\n\"\n", Some(4)),
            ("a = [\n \"b\", # it's\n 'c ]\n", Some(20)),
        ] {
            assert_eq!(left_open(text), open, "{text}");
        }
    }

    #[test]
    fn what_is_closed_is_not_told() {
        for text in [
            "",
            "a = 1 # it's \"fine\n",
            "a = \"\"\nb = ''\n",
            "a = \"it's\"\nb = '\"'\n",
            "a = \"#\"\nb = \"\\\\\"\n",
            "a = \"\"\"b\n\"c\" \\\"\"\" '\n\"\"\"\"\"\n",
            "a = '''b\n\\'''\nb = \"\"\"\"\"\"\n",
        ] {
            assert_eq!(left_open(text), None, "{text}");
        }
    }
}
