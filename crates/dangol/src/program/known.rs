//! The names that a document declares, as far as they can be read: also those of entries that mean nothing otherwise, so
//! that who mentions one is told what is wrong with his own words and not what follows from another mistake.

use crate::check::{Declared, TierPlace};
use crate::document::Node;
use crate::rule::Offer;
use crate::value::{Amount, Id};

use super::ProgramFile;
use super::parts::Entries;

/// The names of one kind, in the order of the document; nothing where one of them cannot be read.
pub(super) type Names = Option<Vec<Id>>;

/// The names of each kind that rules may mention.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) wallets: Names,
    pub(super) tiers: Names,
    pub(super) lanes: Names,
    pub(super) budgets: Names,
    pub(super) accruals: Names,
    pub(super) offers: Names,
    /// The groups of offers.
    pub(super) groups: Names,
}

impl Known {
    /// The names of a document of which these offers could be read.
    pub(super) fn of(document: &Node, offers: &Entries<Offer>) -> Known {
        let ids = |section: &str| ids(section_of(document, section)?);
        Known {
            wallets: ids("wallets"),
            tiers: tiers(document),
            lanes: ids("lanes"),
            budgets: ids("budgets"),
            accruals: ids("accruals"),
            offers: ids("offers"),
            groups: section_of(document, "offers").and_then(|nodes| groups(nodes, offers)),
        }
    }

    /// Adds to what was read the names of what could not be read: nothing more is known of it.
    pub(super) fn complete(&self, declared: &mut Declared) {
        if let Some(wallets) = &self.wallets {
            let read = std::mem::take(&mut declared.wallets);
            let digits = |id: &Id| read.iter().find(|(known, _)| known == id).map(|(_, digits)| *digits);
            let wallet = |id: &Id| (id.clone(), digits(id).unwrap_or(Amount::MAX_DIGITS));
            declared.wallets = wallets.iter().map(wallet).collect();
        }
        for id in self.tiers.iter().flatten() {
            if declared.tiers.iter().all(|place| place.id != *id) {
                // A ladder of its own: it is neither above nor below any other.
                let ladder = usize::MAX.saturating_sub(declared.tiers.len());
                declared.tiers.push(TierPlace { id: id.clone(), ladder, rank: 0, everybodys: false });
            }
        }
        for id in self.lanes.iter().flatten() {
            if !declared.lanes.contains(id) {
                declared.lanes.push(id.clone());
            }
        }
        for id in self.budgets.iter().flatten() {
            if declared.budgets.iter().all(|(known, _)| known != id) {
                declared.budgets.push((id.clone(), None));
            }
        }
        declared.wallets_known = self.wallets.is_some();
        declared.tiers_known = self.tiers.is_some();
        declared.lanes_known = self.lanes.is_some();
        declared.budgets_known = self.budgets.is_some();
    }
}

/// The entries of a section, none where it is left out; nothing where it is no list, or may be there under another name.
fn section_of<'a>(document: &'a Node, section: &str) -> Option<&'a [Node]> {
    match document.field(section) {
        None | Some(Node::Null) if !misspelt(document) => Some(&[]),
        Some(Node::List(entries)) => Some(entries),
        _ => None,
    }
}

/// Whether something stands there that may be a section under a misspelt name.
fn misspelt(document: &Node) -> bool {
    let Node::Fields(fields) = document else { return false };
    let unknown = fields.iter().filter(|(name, _)| !ProgramFile::FIELDS.contains(&name.as_str()));
    unknown.map(|(_, node)| node).any(|node| matches!(node, Node::List(_) | Node::Fields(_)))
}

fn ids(entries: &[Node]) -> Names {
    entries.iter().map(|entry| id(entry.field("id")?)).collect()
}

fn id(node: &Node) -> Option<Id> {
    match node {
        Node::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// The tiers of one ladder, or of a list of them.
fn tiers(document: &Node) -> Names {
    let one = |ladder: &Node| match ladder.field("tiers") {
        Some(Node::List(tiers)) => ids(tiers),
        _ => None,
    };
    match document.field("tiers") {
        Some(ladder @ Node::Fields(_)) => one(ladder),
        _ => Some(section_of(document, "tiers")?.iter().map(one).collect::<Option<Vec<_>>>()?.concat()),
    }
}

/// The groups of offers; one that could not be read may have a group under a misspelt name.
fn groups(nodes: &[Node], read: &Entries<Offer>) -> Names {
    let mut groups = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        match read.iter().find(|(number, _)| *number == index) {
            Some((_, offer)) => groups.extend(offer.group.clone()),
            None => groups.push(id(node.field("group")?)?),
        }
    }
    Some(groups)
}
