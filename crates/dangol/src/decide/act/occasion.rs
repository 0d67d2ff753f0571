//! What happens to a member besides orders, and the rules that grant points for it.

use crate::error::Code;
use crate::model::{Acted, Change, Enrol, Happening, Reason, Refer};

use super::draft::Draft;
use super::{Done, mistake, refused};

pub(super) fn enrol(draft: &mut Draft<'_>, asked: &Enrol, acted: &mut Acted) -> Done {
    if let Some(on) = draft.member.joined_on {
        return refused("enrol", Reason::AlreadyEnrolled { on });
    }
    draft.add(Change::Enrolled { on: draft.today, birthday: asked.birthday })?;
    let _ = acted;
    Ok(Ok(()))
}

pub(super) fn refer<'a>(
    draft: &mut Draft<'a>,
    asked: &Refer,
    other: &mut Option<Draft<'a>>,
    acted: &mut Acted,
) -> Done {
    if asked.friend.id == draft.member.id {
        let message = format!("nobody brings himself, `{}`", asked.friend.id);
        return mistake(Code::Contradiction, "refer.friend.id", message);
    }
    if let Some(by) = asked.friend.referred_by.clone() {
        return refused("refer.friend", Reason::AlreadyReferred { by });
    }
    let mut friend = Draft::new(draft.program, &asked.friend, draft.now, draft.operation)?;
    draft.add(Change::Referred { friend: Some(asked.friend.id.clone()), by: None })?;
    friend.add(Change::Referred { friend: None, by: Some(draft.member.id.clone()) })?;
    *other = Some(friend);
    let _ = acted;
    Ok(Ok(()))
}

pub(super) fn event(draft: &mut Draft<'_>, asked: &Happening, acted: &mut Acted) -> Done {
    draft.add(Change::EventRecorded { event: asked.name.clone() })?;
    let _ = acted;
    Ok(Ok(()))
}
