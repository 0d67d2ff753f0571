//! What came of the cases, for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Checked, Verdict};

/// How many cases came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// As expected.
    pub passed: usize,
    /// Not as expected.
    pub failed: usize,
    /// With a word that is not supported.
    pub unsupported: usize,
    /// Which say themselves that they are odd.
    pub idiosyncratic: usize,
}

impl Counts {
    /// The counts of some cases.
    pub fn of<'a>(cases: impl IntoIterator<Item = &'a Checked>) -> Counts {
        let mut counts = Counts::default();
        for case in cases {
            let count = match case.verdict {
                Verdict::Passed(_) => &mut counts.passed,
                Verdict::Failed(_) => &mut counts.failed,
                Verdict::Unsupported(_) => &mut counts.unsupported,
                Verdict::Idiosyncratic => &mut counts.idiosyncratic,
            };
            *count = count.saturating_add(1);
        }
        counts
    }

    /// The line that stands last.
    #[must_use]
    pub fn line(self) -> String {
        let skipped = self.unsupported.saturating_add(self.idiosyncratic);
        format!("{} passed, {} failed, {skipped} skipped", self.passed, self.failed)
    }
}

/// The whole report.
#[must_use]
pub fn text(cases: &[Checked]) -> String {
    let mut text = String::new();
    let mut add = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    for case in cases {
        let name = format!("{} ({})", case.id, case.area);
        match &case.verdict {
            Verdict::Passed(unstated) => {
                unstated.iter().for_each(|term| add(format!("assumed      {name}: {term}")));
            }
            Verdict::Failed(wrong) => {
                wrong.iter().for_each(|wrong| add(format!("FAILED       {name}: {wrong}")))
            }
            Verdict::Unsupported(word) => add(format!("unsupported  {name}: {word}")),
            Verdict::Idiosyncratic => add(format!("odd          {name}")),
        }
    }
    add(String::new());
    table(&mut add, "source", |case| &case.source, cases);
    table(&mut add, "area", |case| &case.area, cases);
    add(Counts::of(cases).line());
    text
}

fn table(add: &mut impl FnMut(String), title: &str, key: fn(&Checked) -> &str, cases: &[Checked]) {
    let mut groups: BTreeMap<&str, Vec<&Checked>> = BTreeMap::new();
    for case in cases {
        groups.entry(key(case)).or_default().push(case);
    }
    add(format!("{title:<14} passed  failed  unsupported  odd"));
    for (name, cases) in groups {
        let Counts { passed, failed, unsupported, idiosyncratic } = Counts::of(cases);
        let mut line = String::new();
        // Writing into a String cannot fail.
        let _ = write!(line, "{name:<14} {passed:>6}  {failed:>6}  {unsupported:>11}  {idiosyncratic:>3}");
        add(line);
    }
    add(String::new());
}
