//! "Did you mean …?"

/// The closest of the known names, as the end of a message, or nothing where none is close.
pub(crate) fn suggestion<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let distance = strsim::damerau_levenshtein(wrong, name);
        // Who writes `spend_at_least` means `spend`, though another word has more letters in common.
        let begins = wrong.strip_prefix(name).is_some_and(|rest| rest.starts_with('_'));
        let distance = if begins { distance.min(2) } else { distance };
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
        assert_eq!(suggestion("spend_at_least", ["tier_at_least", "spend"]), ", did you mean `spend`?");
        assert_eq!(suggestion("tier_at_leat", ["tier", "tier_at_least"]), ", did you mean `tier_at_least`?");
        assert_eq!(suggestion("platinum", ["silver", "gold"]), "");
    }
}
