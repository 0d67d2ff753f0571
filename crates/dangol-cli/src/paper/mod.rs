//! What everything that is printed for people shares: paper, words, names and moments.

mod labels;
mod page;

use dangol::{Day, Instant, Lang, Program, Text};

pub(crate) use labels::Labels;
pub(crate) use page::{Page, widest};

/// How many columns there are: those of the terminal, but no more than a hand is wide.
pub(crate) fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(terminal).unwrap_or(72).clamp(32, 72)
}

/// What people call the program.
pub(crate) fn title(program: &Program, lang: Lang) -> &str {
    let file = program.file();
    name(file.name.as_ref(), file.id.as_str(), lang)
}

/// What people call a wallet; its id where the program does not know it.
pub(crate) fn wallet<'a>(program: &'a Program, id: &'a str, lang: Lang) -> &'a str {
    let found = program.file().wallets.iter().find(|wallet| wallet.id == *id);
    name(found.and_then(|wallet| wallet.name.as_ref()), id, lang)
}

/// The name in that language, or the id where there is none.
pub(crate) fn name<'a>(name: Option<&'a Text>, id: &'a str, lang: Lang) -> &'a str {
    name.map_or(id, |name| name.get(lang))
}

/// A moment as a clock in the shop shows it: `2026-11-20 (Fri) 12:20 Asia/Seoul`.
pub(crate) fn moment(program: &Program, at: Instant, lang: Lang) -> String {
    let zone = program.file().zone;
    let Day(day) = zone.day(at);
    let weekday = Labels::of(lang).weekday(Day(day).weekday());
    format!("{day} ({weekday}) {} {zone}", zone.civil(at).format("%H:%M"))
}
