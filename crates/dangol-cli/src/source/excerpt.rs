//! A line of a text with a mark below what is meant.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns of a long line are shown.
const MOST: usize = 96;
/// How many of them stand before the mark.
const BEFORE: usize = 40;

/// The line, and below it a mark under the span as far as it reaches on that line; it is shown under that number.
pub(super) fn excerpt(
    text: &str,
    line: usize,
    column: usize,
    span: &Range<usize>,
    shown_as: usize,
) -> String {
    let content = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let skipped = column.saturating_sub(1);
    let meant = text.get(span.clone()).unwrap_or_default().lines().next().unwrap_or_default();
    let meant = meant.chars().count();
    // A minified file is one long line: show what is around the mark.
    let first = if content.width() > MOST { skipped.saturating_sub(BEFORE) } else { 0 };
    let (before, dots) = if first > 0 { (skipped.saturating_sub(first), "… ") } else { (skipped, "") };
    let rest: String = shown(content).chars().skip(first).collect();
    let (visible, more) = cut(&rest);
    let left: String = visible.chars().take(before).collect();
    let marked: String = visible.chars().skip(before).take(meant).collect();
    let number = shown_as.to_string();
    format!(
        "{number:>5} | {dots}{visible}{more}\n      | {:indent$}{}",
        "",
        "^".repeat(marked.width().max(1)),
        indent = dots.width().saturating_add(left.width()),
    )
}

/// The line as a terminal can show it: one column for a tab, no control characters.
pub(super) fn shown(line: &str) -> String {
    let printable = |char: char| if char.is_control() { '\u{fffd}' } else { char };
    line.chars().map(|char| if char == '\t' { ' ' } else { printable(char) }).collect()
}

/// As much of a line as is shown, and what tells that there is more.
fn cut(line: &str) -> (&str, &'static str) {
    let mut width: usize = 0;
    for (at, char) in line.char_indices() {
        width = width.saturating_add(char.width().unwrap_or(0));
        if width > MOST {
            return (line.get(..at).unwrap_or(line), " …");
        }
    }
    (line, "")
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn the_mark_stands_under_wide_letters() {
        let text = "{\n  \"이름\": \"카페\"\n}";
        let start = text.find("\"카페").unwrap();
        let shown = excerpt(text, 2, 9, &(start..start + "\"카페\"".len()), 2);
        assert_eq!(shown, "    2 |   \"이름\": \"카페\"\n      |           ^^^^^^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let text = format!("[{}9]", "1, ".repeat(200));
        let start = text.find('9').unwrap();
        let shown = excerpt(&text, 1, start + 1, &(start..start + 1), 1);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0].chars().nth(lines[1].chars().count() - 1), Some('9'));
        assert!(lines[0].chars().count() < 110);
    }
}
