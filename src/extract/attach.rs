//! Relations that no word names: a name under another name's preposition or beside it ("X of Hamas", "the hospital in
//! Gaza City"). Which classes joined by which preposition mean what is data (`attachments.toml`).

use super::{
    factuality::Held,
    frames::{Attachment, Slot},
    matching::{self, Context, Told},
    scene::{Actor, Filler},
};
use crate::{
    claim::{Claim, MentionKind, Modality, Polarity},
    grammar::Pos,
};

/// All claims of a paragraph that attachments give.
pub(super) fn claims(context: &Context<'_>) -> Vec<Claim> {
    let mut claims = vec![];
    for word in 0..context.scene.tree.paragraph.words.len() {
        if !matches!(context.scene.tree.word(word).pos, Pos::Propn | Pos::Noun) {
            continue;
        }
        let named: Vec<Actor> = context
            .scene
            .actors(word)
            .into_iter()
            .filter(|actor| actor.kind == MentionKind::Name || is_owned_body(context, actor))
            .collect();
        let [inner] = named.as_slice() else { continue };
        // A name that stands for somebody else here ("Gaza officials") attaches nothing.
        if !context.scene.heads(word, inner.argument.span) {
            continue;
        }
        for attachment in &context.frames.attachments {
            claims.extend(attached(context, attachment, word, inner));
        }
    }
    claims
}

/// "Israel's embassy" is a body that its owner's name tells from others.
fn is_owned_body(context: &Context<'_>, actor: &Actor) -> bool {
    let named = actor.argument.span.slice(&context.article.text);
    context.is_a(actor, "GovernmentBody") && named.starts_with(char::is_uppercase)
}

/// "Anna Holm's government", "regjeringen Holm": a body named after whose it is.
fn names_own(context: &Context<'_>, body: &Actor, owner: &Actor) -> bool {
    let (body, owner_span) = (body.argument.span, owner.argument.span);
    let inside = body.start <= owner_span.start && owner_span.end <= body.end;
    inside && body != owner_span && context.is_a(owner, "Person")
}

fn attached(
    context: &Context<'_>,
    attachment: &Attachment,
    word: usize,
    inner: &Actor,
) -> Vec<Claim> {
    let of_class = |actor: &Actor, kinds: &[crate::claim::Name]| {
        kinds.iter().any(|kind| context.is_a(actor, kind))
    };
    if !of_class(inner, &attachment.source_kinds) {
        return vec![];
    }
    // "The bank's Annual Report" is nobody, whatever the recogniser says.
    let last = inner.argument.span.slice(&context.article.text);
    let last = last.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let owned = attachment.slots.contains(&Slot::Possessor) && context.is_a(inner, "Person");
    if owned && (context.frames.forms.is_noun(&last) || !last.starts_with(char::is_alphabetic)) {
        return vec![];
    }
    let slots = attachment
        .slots
        .iter()
        .flat_map(|slot| context.scene.direct(word, slot));
    let outer = slots.flat_map(|filler| match filler {
        Filler::Word(word) => context.scene.actors(word),
        Filler::Mention(number) => context.scene.named(number),
    });
    let inside = context.scene.inside(inner.argument.span).into_iter();
    let outer = outer.chain(inside.filter(|_| attachment.reverse));
    // "In Gaza, as in Sri Lanka": a comma parts two places.
    let parted = |actor: &Actor| {
        let (one, other) = (inner.argument.span, actor.argument.span);
        let between = context.article.text.get(one.end..other.start);
        let places = context.is_a(inner, "Place") && context.is_a(actor, "Place");
        let more = |between: &str| between.contains(',') && between.trim() != ",";
        places && between.is_some_and(more)
    };
    let fits = |actor: &Actor| {
        !parted(actor)
            && actor.argument.entity != inner.argument.entity
            && of_class(actor, &attachment.target_kinds)
            && (!inner.argument.span.overlaps(actor.argument.span)
                || names_own(context, inner, actor))
    };
    let held = Held::told();
    let mut joined: Vec<Actor> = vec![];
    for actor in outer.filter(|actor| fits(actor)) {
        let same = |other: &Actor| other.argument.entity == actor.argument.entity;
        if !joined.iter().any(same) {
            joined.push(actor);
        }
    }
    joined
        .into_iter()
        .map(|actor| {
            let told = Told {
                relation: attachment.relation.clone(),
                rule: attachment.rule.clone(),
                event: None,
                act: attachment.act.clone(),
                confidence: attachment.confidence,
                light: false,
            };
            let (source, target) = if attachment.reverse {
                (&actor, inner)
            } else {
                (inner, &actor)
            };
            let mut claim = matching::claim(context, word, told, &held, source, target);
            // Where a thing lies has no date and no further place.
            (claim.date, claim.place) = (None, None);
            debug_assert!(
                claim.polarity == Polarity::Positive && claim.modality == Modality::Asserted
            );
            claim
        })
        .collect()
}

/// Slots that hang directly on the name.
pub(super) fn allowed(slot: &Slot) -> bool {
    matches!(
        slot,
        Slot::Under(_) | Slot::Apposition | Slot::Bracket | Slot::Possessor | Slot::Modifier
    )
}
