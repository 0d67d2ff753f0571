//! The verbs. Every rule is decided here, from a program, a member, a basket and an instant to a quote and events;
//! nothing is remembered, nothing is read from outside.

mod advance;
mod discount;
mod earn;
mod extras;
mod guest;
mod lane;
mod place;
mod purse;
mod quote;
mod resolve;
mod search;
mod spend;
mod standing;
