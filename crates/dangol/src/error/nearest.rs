//! "Did you mean …?"

/// The closest of the known names, as the end of a message, or nothing where none is close.
pub(crate) fn suggestion<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let distance = strsim::damerau_levenshtein(wrong, name);
        // A third of the letters may differ; ties keep the first.
        let allowed = name.chars().count().max(wrong.chars().count()).div_ceil(3);
        if distance <= allowed && best.is_none_or(|(closest, _)| distance < closest) {
            best = Some((distance, name));
        }
    }
    best.map_or_else(String::new, |(_, name)| format!(", did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn only_a_close_name_is_suggested() {
        assert_eq!(suggestion("glod", ["silver", "gold"]), ", did you mean `gold`?");
        assert_eq!(suggestion("platinum", ["silver", "gold"]), "");
    }
}
