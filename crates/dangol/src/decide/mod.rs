//! The verbs. Every rule is decided here, from a program, a member, a basket and an instant to a quote and events;
//! nothing is remembered, nothing is read from outside.

mod act;
mod advance;
mod details;
mod discount;
mod earn;
mod extras;
mod guest;
mod keep;
mod lane;
mod overdue;
mod place;
mod pool;
mod purse;
mod quote;
mod report;
mod resolve;
mod review;
mod search;
mod spend;
mod standing;
mod yearly;
