//! What is done with points outside of an order: one verb, one file for each family of actions.

mod catalogue;
mod coupon;
mod dates;
mod gift;
mod hold;
mod movement;
mod occasion;
mod tier;

use serde::Serialize;

use crate::error::{Code, InputError, suggestion};
use crate::model::{Acted, Action, Member, Reason, Refusal};
use crate::program::{Compiled, Program};
use crate::rule::Wallet;
use crate::value::{Id, Instant, Points};

use super::place::{Author, content};
use crate::decide::draft::Draft;

/// What an action did: nothing more to say, or why not.
type Done = Result<Result<(), Refusal>, InputError>;

impl Program {
    /// Does something with a member's points outside of an order, and says what happened.
    ///
    /// The operation's id makes it happen once: where the member remembers it, the answer says `repeated` and there is
    /// nothing to store.
    ///
    /// # Errors
    /// An [`InputError`] with code and path for nonsense: an unknown wallet, reward, hold or lot, more digits than the
    /// wallet has, a transfer to oneself, an operation that was done with another content, an instant before the
    /// member's latest event. That the rules do not allow it is no error: [`Acted::refused`] says why.
    ///
    /// ```
    /// # let program = dangol::Program::from_json(r#"{ "format": 1, "id": "cafe", "version": "1", "currency": "KRW",
    /// #     "wallets": [{ "id": "points" }] }"#)?;
    /// use dangol::{Action, Member};
    /// let mut member = Member::new("m1".parse()?);
    /// let action: Action = serde_json::from_str(r#"{ "grant": { "points": "500", "reason": "a late delivery" } }"#)?;
    /// let acted = program.act(&member, &action, "2026-01-31T09:00:00+09:00".parse()?, "sorry-1".parse()?)?;
    /// member.apply_all(&acted.events)?;
    /// assert_eq!(member.account("points").map(|account| account.outstanding().to_string()), Some("500".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn act(
        &self,
        member: &Member,
        action: &Action,
        now: Instant,
        operation: Id,
    ) -> Result<Acted, InputError> {
        let program = self.compiled();
        let content = asked(action);
        if let Some(known) = member.operations.iter().find(|known| known.id == operation) {
            if known.content.is_some() && known.content == content {
                return Ok(acted(operation, true));
            }
            return Err(InputError::reused("operation", &operation));
        }
        let mut acted = acted(operation.clone(), false);
        if member.guest {
            acted.refused = Some(Refusal { path: "member".to_owned(), reason: Reason::Guest });
            return Ok(acted);
        }
        let mut draft = Draft::new(program, member, now, &operation, content.as_ref())?;
        let mut other = None;
        let done = match action {
            Action::Grant(it) => movement::grant(&mut draft, it),
            Action::Spend(it) => movement::spend(&mut draft, it),
            Action::Revoke(it) => movement::revoke(&mut draft, it),
            Action::Hold(it) => hold::hold(&mut draft, it),
            Action::Capture(it) => hold::capture(&mut draft, it),
            Action::Release(it) => hold::release(&mut draft, it),
            Action::Transfer(it) => gift::transfer(&mut draft, it, &mut other),
            Action::Claim(it) => catalogue::claim(&mut draft, it),
            Action::Signal(it) => dates::signal(&mut draft, it),
            Action::Extend(it) => dates::extend(&mut draft, it),
            Action::Reinstate(it) => dates::reinstate(&mut draft, it),
            Action::Expire(it) => dates::expire(&mut draft, it),
            Action::Enrol(it) => occasion::enrol(&mut draft, it, &mut acted),
            Action::Refer(it) => occasion::refer(&mut draft, it, &mut other, &mut acted),
            Action::Event(it) => occasion::event(&mut draft, it, &mut acted),
            Action::IssueCoupon(it) => coupon::issue(&mut draft, it),
            Action::RevokeCoupon(it) => coupon::revoke(&mut draft, it),
            Action::RestoreCoupon(it) => coupon::restore(&mut draft, it),
            Action::HoldCoupon(it) => coupon::hold(&mut draft, it),
            Action::ReleaseCoupon(it) => coupon::release(&mut draft, it),
            Action::GiveCoupon(it) => coupon::give(&mut draft, it, &mut other),
            Action::SetTier(it) => tier::set(&mut draft, it),
            Action::EndTier(it) => tier::end(&mut draft, it),
            Action::TryTier(it) => tier::begin(&mut draft, it),
            Action::CorrectActivity(it) => tier::correct(&mut draft, it),
        }?;
        if let Err(refusal) = done {
            acted.refused = Some(refusal);
            return Ok(acted);
        }
        let by = Author { program: &program.reference, operation: &operation, content: content.clone() };
        acted.events = draft.events(&by)?;
        if let Some(other) = other {
            acted.events.extend(other.events(&by)?);
        }
        Ok(acted)
    }
}

fn acted(operation: Id, repeated: bool) -> Acted {
    let (accruals, not_earned) = (Vec::new(), Vec::new());
    Acted { operation, events: Vec::new(), repeated, refused: None, accruals, not_earned }
}

/// What is asked for, without what changes while it is: the state of another member.
fn asked(action: &Action) -> Option<Id> {
    #[derive(Serialize)]
    enum Two<'a> {
        Transfer(&'a Id, &'a Option<Id>, Points),
        Refer(&'a Id),
        GiveCoupon(&'a Id, &'a Id),
        IssueCoupon(&'a Id, u32, &'a Option<String>),
    }
    match action {
        Action::Transfer(it) => content(&Two::Transfer(&it.to.id, &it.wallet, it.points)),
        Action::Refer(it) => content(&Two::Refer(&it.friend.id)),
        Action::GiveCoupon(it) => content(&Two::GiveCoupon(&it.to.id, &it.coupon)),
        // How many were issued before grows while the operation is tried again.
        Action::IssueCoupon(it) => content(&Two::IssueCoupon(&it.offer, it.count, &it.code)),
        other => content(other),
    }
}

/// A no to one field of the action.
fn refused(path: &str, reason: Reason) -> Done {
    Ok(Err(Refusal { path: format!("action.{path}"), reason }))
}

/// A mistake in one field of the action.
fn mistake<T>(code: Code, path: &str, message: impl Into<String>) -> Result<T, InputError> {
    Err(InputError::new(code, format!("action.{path}"), message.into()))
}

/// The wallet of that name, or the program's first.
fn wallet<'a>(program: &'a Compiled, id: Option<&Id>, action: &str) -> Result<&'a Wallet, InputError> {
    if let Some(wallet) = program.wallet(id) {
        return Ok(wallet);
    }
    let path = format!("{action}.wallet");
    let Some(id) = id else {
        return mistake(Code::MissingField, &path, "the program has no wallet for these points");
    };
    let near = suggestion(id.as_str(), program.file.wallets.iter().map(|wallet| wallet.id.as_str()));
    mistake(Code::UnknownName, &path, format!("no such wallet: `{id}`{near}"))
}

/// The points with the wallet's digits: more than nothing, and no more digits than that.
fn exact(points: Points, wallet: &Wallet, action: &str) -> Result<Points, InputError> {
    match crate::check::exact(positive(points, action)?.0, wallet.digits, "the wallet") {
        Ok(exact) => Ok(Points(exact)),
        Err((code, message)) => mistake(code, &format!("{action}.points"), message),
    }
}

/// The points, which must be more than nothing.
fn positive(points: Points, action: &str) -> Result<Points, InputError> {
    if points <= Points::ZERO {
        let message = format!("must be more than nothing, found `{points}`");
        return mistake(Code::OutOfRange, &format!("{action}.points"), message);
    }
    Ok(points)
}

/// Words of the host: 1 to 200 characters.
fn words(text: &str, path: &str) -> Result<(), InputError> {
    let length = text.trim().chars().count();
    if length == 0 || length > 200 || text.chars().any(char::is_control) {
        return mistake(Code::InvalidValue, path, "expected 1 to 200 characters without control characters");
    }
    Ok(())
}
