//! Paper of a given width: columns and wrapped text, in the columns that a terminal gives each letter.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A page that is written from top to bottom.
#[derive(Debug)]
pub(crate) struct Page {
    width: usize,
    text: String,
}

impl Page {
    pub(crate) fn new(width: usize) -> Page {
        Page { width, text: String::new() }
    }

    pub(crate) fn text(self) -> String {
        self.text
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A line across the page.
    pub(crate) fn rule(&mut self) {
        self.line(&"-".repeat(self.width));
    }

    /// Text in the middle.
    pub(crate) fn centered(&mut self, text: &str) {
        for line in wrapped(&clean(text), self.width) {
            let left = self.width.saturating_sub(line.width()).checked_div(2).unwrap_or(0);
            self.line(&format!("{:left$}{line}", ""));
        }
    }

    /// Text from an indent on; what does not fit goes on below, two columns further in.
    pub(crate) fn paragraph(&mut self, indent: usize, text: &str) {
        let hanging = indent.saturating_add(2);
        // The first line is two columns wider: it is wrapped with two letters' room before it.
        let room = self.width.saturating_sub(hanging);
        let clean = clean(text);
        let (first, rest) = split(&clean, room.saturating_add(2));
        self.line(&format!("{:indent$}{first}", ""));
        for line in wrapped(rest, room) {
            self.line(&format!("{:hanging$}{line}", ""));
        }
    }

    /// A text and an amount at the right edge; below the text where both do not fit.
    pub(crate) fn row(&mut self, indent: usize, left: &str, right: &str) {
        let room = self.width.saturating_sub(indent);
        let mut lines = wrapped(&clean(left), room);
        let mut last = lines.pop().unwrap_or_default();
        if last.width().saturating_add(right.width()).saturating_add(2) > room {
            lines.push(std::mem::take(&mut last));
        }
        for line in &lines {
            self.line(&format!("{:indent$}{line}", ""));
        }
        let gap = room.saturating_sub(last.width()).saturating_sub(right.width());
        self.line(&format!("{:indent$}{last}{:gap$}{right}", "", ""));
    }

    /// Rows of a name and two numbers, each number in its column; a long name stands on lines of its own.
    pub(crate) fn table_row(&mut self, widths: (usize, usize), row: &[String; 3]) {
        let [name, middle, right] = row;
        let numbers = format!("{}  {}", to_right(middle, widths.0), to_right(right, widths.1));
        self.row(0, name, &numbers);
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

/// The widest of some texts.
pub(crate) fn widest<'a>(texts: impl Iterator<Item = &'a String>) -> usize {
    texts.map(|text| text.width()).max().unwrap_or(0)
}

fn to_right(text: &str, width: usize) -> String {
    format!("{:gap$}{text}", "", gap = width.saturating_sub(text.width()))
}

/// Names come from files: no letter of theirs may move the cursor.
fn clean(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

/// The lines of a text, broken at blanks, and within a word only where it is wider than the page.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, below) = split(rest, width);
        lines.push(line.to_owned());
        rest = below;
    }
    lines
}

/// What fits on one line, and what goes below.
fn split(text: &str, width: usize) -> (&str, &str) {
    let (mut used, mut end, mut blank): (usize, usize, Option<usize>) = (0, text.len(), None);
    for (at, char) in text.char_indices() {
        if char == ' ' {
            blank = Some(at);
        }
        used = used.saturating_add(char.width().unwrap_or(0));
        if used > width && at > 0 {
            end = blank.filter(|blank| *blank > 0).unwrap_or(at);
            break;
        }
    }
    let (line, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (line.trim_end(), rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_takes_two_columns() {
        let mut page = Page::new(16);
        page.row(0, "합계", "9,600원");
        page.row(0, "Subtotal", "₩9,600");
        page.row(2, "아주 긴 이름의 할인", "-500원");
        assert_eq!(page.text(), "합계     9,600원\nSubtotal  ₩9,600\n  아주 긴 이름의\n  할인    -500원\n");
    }

    #[test]
    fn text_goes_on_further_in() {
        let mut page = Page::new(14);
        page.paragraph(2, "one two three four");
        page.paragraph(0, "supercalifragilistic");
        assert_eq!(page.text(), "  one two\n    three four\nsupercalifragi\n  listic\n");
    }
}
