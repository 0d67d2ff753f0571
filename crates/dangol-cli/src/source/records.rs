//! The values of a long text, one after the other, so that no more than one of them is kept.

use std::fs::File;
use std::io::{BufRead, BufReader, Bytes, Read};
use std::path::Path;

use anyhow::Context;

use super::{BEGINNING, Format, Source};

/// The JSON values of a text: one on each line, one that goes on over lines, or those of a list.
pub(crate) struct Records {
    name: String,
    bytes: Bytes<Box<dyn BufRead>>,
    /// The byte that comes next, where it was looked at.
    ahead: Option<u8>,
    /// The line and column of the byte that comes next.
    place: (usize, usize),
    list: List,
}

/// Whether the values stand in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Unknown,
    No,
    Open,
    Closed,
}

/// One value as it was written.
pub(crate) struct Record {
    pub(crate) source: Source,
    /// Why it cannot be one, beside what JSON says.
    pub(crate) wrong: Option<&'static str>,
}

impl Records {
    /// Opens a file, or standard input for `-`.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Records> {
        let (name, mut reader): (String, Box<dyn BufRead>) = if path == Path::new("-") {
            ("<stdin>".to_owned(), Box::new(BufReader::new(std::io::stdin())))
        } else {
            let name = path.display().to_string();
            let file = File::open(path).with_context(|| format!("cannot read `{name}`"))?;
            (name, Box::new(BufReader::new(file)))
        };
        // Some editors begin a file with a byte order mark, which is no part of JSON.
        let begins = reader.fill_buf().with_context(|| format!("cannot read `{name}`"))?;
        if begins.starts_with("\u{feff}".as_bytes()) {
            reader.consume("\u{feff}".len());
        }
        Ok(Records { name, bytes: reader.bytes(), ahead: None, place: BEGINNING, list: List::Unknown })
    }

    fn peek(&mut self) -> anyhow::Result<Option<u8>> {
        if self.ahead.is_none() {
            let next = self.bytes.next().transpose();
            self.ahead = next.with_context(|| format!("cannot read `{}`", self.name))?;
        }
        Ok(self.ahead)
    }

    /// Goes past the byte that was looked at.
    fn pass(&mut self) {
        let (line, column) = self.place;
        self.place = match self.ahead.take() {
            Some(b'\n') => (line.saturating_add(1), 1),
            // The later bytes of a letter are no columns of their own.
            Some(0x80..0xc0) | None => (line, column),
            Some(_) => (line, column.saturating_add(1)),
        };
    }

    /// Goes to where the next value begins, past what stands between values.
    fn begin(&mut self) -> anyhow::Result<bool> {
        while let Some(byte) = self.peek()? {
            self.list = match (byte, self.list) {
                (b' ' | b'\t' | b'\r' | b'\n', list) => list,
                (b'[', List::Unknown) => List::Open,
                (b',', List::Open) => List::Open,
                (b']', List::Open) => List::Closed,
                (_, List::Unknown) => {
                    self.list = List::No;
                    return Ok(true);
                }
                _ => return Ok(true),
            };
            self.pass();
        }
        Ok(false)
    }

    /// The text of a value: until its brackets are closed, else until the line or the entry of the list ends.
    fn text(&mut self) -> anyhow::Result<Vec<u8>> {
        let (mut text, mut depth, mut string, mut escaped) = (Vec::new(), 0_usize, false, false);
        let lines = self.list != List::Open;
        while let Some(byte) = self.peek()? {
            // No string goes on over lines: one that does was left open, and so was the value.
            let torn = lines && string && byte == b'\n';
            // Neither is a value meant to go on where the next one begins a line.
            let next = lines && byte == b'{' && text.last() == Some(&b'\n');
            let over =
                depth == 0 && !string && if lines { byte == b'\n' } else { matches!(byte, b',' | b']') };
            if torn || next || over && !text.is_empty() {
                break;
            }
            text.push(byte);
            self.pass();
            match byte {
                _ if escaped => escaped = false,
                b'\\' if string => escaped = true,
                b'"' => string = !string,
                b'{' | b'[' if !string => depth = depth.saturating_add(1),
                b'}' | b']' if !string => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        Ok(text)
    }

    fn record(&mut self) -> anyhow::Result<Option<Record>> {
        let closed = self.list == List::Closed;
        let found = self.begin()?;
        let start = self.place;
        let (bytes, mut wrong) = if found {
            (
                self.text()?,
                (closed || self.list == List::Closed).then_some("nothing may stand after the list"),
            )
        } else if self.list == List::Open {
            self.list = List::Closed;
            (Vec::new(), Some("the list is not closed: the file was cut off"))
        } else {
            return Ok(None);
        };
        let text = String::from_utf8(bytes).unwrap_or_else(|error| {
            wrong = wrong.or(Some("is not UTF-8 text: save the file as UTF-8"));
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        });
        let source = Source { name: self.name.clone(), text, format: Format::Json, start };
        Ok(Some(Record { source, wrong }))
    }
}

impl Iterator for Records {
    type Item = anyhow::Result<Record>;

    fn next(&mut self) -> Option<anyhow::Result<Record>> {
        self.record().transpose()
    }
}
