//! A ladder of tiers as the oracle has it.

use super::calendar::{Ends, Term};
use super::steps::{Goal, Span, Window};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fall {
    ToQualified,
    OneStep,
    Never,
}

#[derive(Clone, Debug)]
pub(crate) struct Tier {
    pub(crate) enter: Option<Goal>,
    pub(crate) keep: Option<Goal>,
}

#[derive(Clone, Debug)]
pub(crate) struct Ladder {
    pub(crate) window: Window,
    /// When it is reviewed: the spans that come round, or always; nothing where the ladder does not say it.
    pub(crate) review: Option<Option<Span>>,
    pub(crate) at_once: bool,
    pub(crate) fall: Fall,
    pub(crate) grace: Option<Term>,
    pub(crate) validity: Option<Ends>,
    pub(crate) tiers: Vec<Tier>,
}

impl Ladder {
    /// The tier of those who have done nothing.
    pub(crate) fn everybodys(&self) -> Option<usize> {
        self.tiers[0].enter.is_none().then_some(0)
    }

    /// The spans whose first days are days of review; nothing where something that leaves a window is looked at at once.
    pub(crate) fn reviewed(&self) -> Option<Span> {
        self.review.unwrap_or(match self.window {
            Window::Span(span) => Some(span),
            Window::Last(_) | Window::Lifetime => None,
        })
    }

    pub(crate) fn windows(&self) -> Vec<Window> {
        fn of(goal: &Goal, found: &mut Vec<Window>) {
            match goal {
                Goal::Within(window, goal) => {
                    found.push(*window);
                    of(goal, found);
                }
                Goal::Some(_, goals) => goals.iter().for_each(|goal| of(goal, found)),
                _ => {}
            }
        }
        let mut found = vec![self.window];
        self.tiers
            .iter()
            .flat_map(|tier| tier.enter.iter().chain(&tier.keep))
            .for_each(|goal| of(goal, &mut found));
        found
    }
}
