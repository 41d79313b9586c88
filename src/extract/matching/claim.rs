//! A claim put together: evidence, date and place belong to the word that names the act.

use super::Context;
use crate::{
    claim::{Claim, MentionKind, Modality, Name, Polarity},
    extract::{events, factuality::Held, offices, place, scene::Actor, speakers, time},
    text::Span,
};

/// A reference that is no name makes a claim less sure by this factor.
const REFERENCE: f64 = 0.85;

/// What a claim says, before who says it of whom.
pub(in crate::extract) struct Told {
    pub(in crate::extract) relation: Name,
    pub(in crate::extract) rule: Name,
    /// Event code of the act as such; `None`: the relation.
    pub(in crate::extract) event: Option<Name>,
    pub(in crate::extract) act: String,
    pub(in crate::extract) confidence: f64,
    /// Whether the act is a noun whose verb only carries it.
    pub(in crate::extract) light: bool,
}

/// Puts a claim together: evidence, date and place belong to the word that names the act.
pub(in crate::extract) fn claim(
    context: &Context<'_>,
    word: usize,
    told: Told,
    held: &Held,
    source: &Actor,
    target: &Actor,
) -> Claim {
    let Told {
        mut relation,
        rule,
        mut event,
        act,
        mut confidence,
        light,
    } = told;
    let (mut polarity, mut modality) = (held.polarity, held.modality);
    let mut because = held.because.clone();
    let cooperative = context
        .ontology
        .relation(&relation)
        .and_then(|relation| relation.quad_class)
        .is_some_and(|class| class <= 2);
    let refusal = context
        .frames
        .words
        .refusal
        .clone()
        .filter(|_| cooperative && held.intended)
        .map(|refusal| events::ended(context, &relation, held).unwrap_or(refusal));
    if let (Some(refusal), Polarity::Negative, Modality::Planned) = (refusal, polarity, modality) {
        because.push(format!(
            "What an actor will not do for another is {refusal}."
        ));
        (relation, polarity, modality) = (refusal, Polarity::Positive, Modality::Asserted);
        event = None;
    }
    for actor in [source, target] {
        if actor.kind != MentionKind::Name {
            confidence *= REFERENCE;
        }
    }
    let lasts = !context
        .ontology
        .relation(&relation)
        .is_some_and(|relation| relation.momentary);
    // "was named envoy on Monday": a state has the date of the act that began it.
    let began = offices::appointment(context.scene, word).filter(|_| lasts);
    let asked = time::Act {
        word: began.unwrap_or(word),
        light,
        lasts: lasts && began.is_none(),
        actors: [source, target],
    };
    let own = time::of(context, &asked).filter(|dated| may_be(context, dated, modality));
    let deed = !lasts
        && context
            .ontology
            .relation(&relation)
            .is_some_and(|relation| relation.quad_class.is_none_or(|class| class % 2 == 0));
    let told = (polarity, modality) == (Polarity::Positive, Modality::Asserted);
    let date = match own {
        Some(dated) => Some((dated.date, Some(dated))),
        None if deed && told => time::sequel(context, word),
        None => None,
    };
    if let Some((_, dated)) = date {
        because.push(match dated {
            Some(dated) => format!(
                "\u{201c}{}\u{201d} {}.",
                dated.span.slice(&context.article.text),
                if own.is_some() {
                    "is the date"
                } else {
                    "dates the deed before it"
                },
            ),
            None => "It is told as news of the month of publication.".to_owned(),
        });
    }
    let place = if lasts {
        None
    } else {
        place::of(context, word, light, &relation, &[source, target])
    };
    let formal = context.frames.words.formal.as_ref().filter(|formal| {
        *formal.relation == *relation && formal.words.contains(&context.scene.tree.word(word).lemma)
    });
    let speaker = speakers::own(
        &held.speakers,
        [&source.argument.entity, &target.argument.entity],
    );
    Claim {
        id: String::new(),
        event: events::of(
            context,
            word,
            event.as_ref().unwrap_or(&relation),
            formal,
            held,
            (polarity, modality),
        ),
        subject: source.argument.clone(),
        relation,
        object: target.argument.clone(),
        act,
        polarity,
        modality,
        speaker: speaker.cloned(),
        via: held.via.clone(),
        date: date.map(|(date, _)| date),
        place,
        evidence: evidence(context, word, held, source, target),
        rule,
        confidence: (confidence * 1000.0).round() / 1000.0,
        because,
        event_id: None,
    }
}

/// Whether an act held so can have such a date: what is planned lies ahead, what is told as fact does not.
fn may_be(context: &Context<'_>, dated: &time::Dated, modality: Modality) -> bool {
    let Some(published) = context.article.meta.date else {
        return true;
    };
    match modality {
        Modality::Planned | Modality::Demanded | Modality::Hypothetical => {
            dated.date.latest() >= published.earliest()
        }
        Modality::Asserted => dated.date.earliest() <= published.latest(),
        Modality::Possible => true,
    }
}

/// The stretch of the sentence that carries the act's word, its actors and what decided how it is held.
fn evidence(
    context: &Context<'_>,
    word: usize,
    held: &Held,
    source: &Actor,
    target: &Actor,
) -> Span {
    let tree = &context.scene.tree;
    let sentence = tree.paragraph.span(tree.sentence(word));
    let deciding = held.words.iter().map(|&word| tree.word(word).span);
    let spans = deciding.chain([source.argument.span, target.argument.span]);
    spans
        .filter(|span| sentence.overlaps(*span))
        .fold(tree.word(word).span, Span::cover)
}
