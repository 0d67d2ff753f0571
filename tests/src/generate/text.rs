//! Descriptions as they come from doc comments, made fit for tables and for other languages.

use std::fmt::Write as _;

/// A description with one line for each paragraph, without Rust's links and examples.
#[must_use]
pub fn plain(description: &str) -> String {
    let mut paragraphs: Vec<String> = vec![String::new()];
    let mut example = false;
    for line in description.lines().map(str::trim) {
        if line.starts_with("```") {
            example = !example;
        } else if line.is_empty() {
            paragraphs.push(String::new());
        } else if let (false, Some(paragraph)) = (example, paragraphs.last_mut()) {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line);
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    without_links(&paragraphs.join("\n\n"))
}

/// A link of Rust's documentation becomes the word that it links: ``[`Quote::place`]`` is `Quote.place` elsewhere.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, after)) = link.split_once("`]") else { break };
        let _ = write!(plain, "{before}`{}`", name.replace("::", "."));
        rest = after;
    }
    plain + rest
}

/// The first sentence, and what follows it.
#[must_use]
pub fn first_sentence(about: &str) -> (&str, &str) {
    let paragraph = about.split("\n\n").next().unwrap_or_default();
    let mut code = false;
    for (place, letter) in paragraph.char_indices() {
        code ^= letter == '`';
        let after = paragraph.get(place.saturating_add(1)..).unwrap_or_default();
        let next = after.strip_prefix(' ').and_then(|after| after.chars().next());
        let starts = next.is_some_and(|next| next.is_uppercase() || next.is_ascii_digit() || next == '`');
        if !code && letter == '.' && starts {
            let (first, rest) = about.split_at(place.saturating_add(1));
            return (first, rest.trim());
        }
    }
    (paragraph, about.strip_prefix(paragraph).unwrap_or_default().trim())
}

/// The lines of a text, none longer than so many letters unless a word is. Paragraphs keep their empty line, and the
/// further lines of an item of a list are indented.
#[must_use]
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let indent = if paragraph.starts_with("- ") { "  " } else { "" };
        let mut words = paragraph.split(' ');
        let mut line = words.next().unwrap_or_default().to_owned();
        for word in words {
            let length = line.chars().count().saturating_add(word.chars().count());
            if length >= width {
                lines.push(std::mem::replace(&mut line, format!("{indent}{word}")));
            } else {
                line.push(' ');
                line.push_str(word);
            }
        }
        lines.push(line);
    }
    lines
}

/// A text with a capital at its beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A word as part of a type's name: `per_amount` is `PerAmount`.
#[must_use]
pub fn capitals(word: &str) -> String {
    word.split('_').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_loses_line_breaks_links_and_examples() {
        let text = "One\nsentence: [`Quote::place`] names it.\n\n```\nlet x = 1;\n\nx\n```\nMore.";
        assert_eq!(plain(text), "One sentence: `Quote.place` names it.\n\nMore.");
    }

    #[test]
    fn a_sentence_ends_before_the_next_one() {
        assert_eq!(first_sentence("Takes 1.5 of it. Then more."), ("Takes 1.5 of it.", "Then more."));
        assert_eq!(first_sentence("Only `a. B` here\n\nNotes."), ("Only `a. B` here", "Notes."));
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three\n\nfour", 8), ["one two", "three", "", "four"]);
        assert_eq!(wrapped("- one two", 6), ["- one", "  two"]);
        assert_eq!(capitals("per_amount"), "PerAmount");
    }
}
