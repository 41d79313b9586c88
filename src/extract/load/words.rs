//! Lists of small words.

use std::{collections::BTreeSet, path::Path as FilePath};

use serde::Deserialize;
use toml::Spanned;

use super::{FrameError, Reader};
use crate::{
    claim::{Modality, Polarity},
    extract::{
        frames::{Cue, Formal, Words},
        time::TimeWords,
    },
};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawWords {
    modal: Vec<RawCue>,
    adverbs: Vec<RawCue>,
    adjectives: Vec<RawCue>,
    determiners: Vec<RawCue>,
    subordinators: Vec<RawCue>,
    side_prefixes: Vec<String>,
    alternative: Vec<String>,
    opposing: Vec<String>,
    factual_subordinators: Vec<String>,
    perfect: Vec<String>,
    purpose: Vec<String>,
    negation: Vec<String>,
    negative_prepositions: Vec<String>,
    focus: Vec<String>,
    denied_phrases: Vec<String>,
    single: Vec<String>,
    indefinite: Vec<String>,
    untrue: Vec<String>,
    reasons: Vec<String>,
    when: Vec<String>,
    unlike: Vec<String>,
    scant: Vec<String>,
    back_pronouns: Vec<String>,
    echoes: Vec<String>,
    answering: Vec<String>,
    replacing: Vec<String>,
    deeds: Vec<String>,
    among: Vec<String>,
    ranked: Vec<String>,
    empty: Vec<String>,
    leaving: Vec<String>,
    complementisers: Vec<String>,
    former: Vec<String>,
    future: Vec<String>,
    speaker_prepositions: Vec<String>,
    nouns: Vec<String>,
    bodies: Vec<String>,
    collective: Vec<String>,
    followers: Vec<String>,
    relative: Vec<String>,
    relative_places: Vec<String>,
    infinitive: Vec<String>,
    manner: Vec<String>,
    formal: Option<Formal>,
    #[serde(default)]
    silent: Vec<String>,
    locative: Vec<String>,
    owner: Vec<String>,
    role_markers: Vec<String>,
    becoming: Vec<String>,
    appointing: Vec<String>,
    named_under: Vec<String>,
    refusal: Option<Spanned<String>>,
    demand: Option<Spanned<String>>,
    promise: Option<Spanned<String>>,
    allegation: Option<Spanned<String>>,
    together: Option<Spanned<String>>,
    praise: Option<Spanned<String>>,
    deployment: Option<Spanned<String>>,
    threat: Option<Spanned<String>>,
    unless: Vec<String>,
    doer: Vec<String>,
    despite: Vec<String>,
    ending: Vec<String>,
    suffering: Vec<String>,
    ordering: Vec<String>,
    creating: Vec<String>,
    reported_thing: Vec<String>,
    reported_person: Vec<String>,
    nominative: Vec<String>,
    owner_pronouns: Vec<String>,
    giver: Vec<String>,
    helped: Vec<String>,
    people: Vec<String>,
    describing: Vec<String>,
    measures: Vec<String>,
    trusting: Vec<String>,
    enterprises: Vec<String>,
    hurting: Vec<String>,
    companion: Vec<String>,
    occasion: Vec<String>,
    errand: Vec<String>,
    kin: Vec<String>,
    instances: Vec<String>,
    quoted: Vec<String>,
    onset: Vec<String>,
    lasting: Vec<String>,
    motion: Vec<String>,
    goal: Vec<String>,
    time: TimeWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCue {
    lemmas: Vec<String>,
    #[serde(default)]
    forms: BTreeSet<String>,
    modality: Option<Modality>,
    perfect: Option<Modality>,
    polarity: Option<Polarity>,
    #[serde(default)]
    deniable: bool,
}

impl RawCue {
    fn entries(self) -> impl Iterator<Item = (String, Cue)> {
        let cue = Cue {
            modality: self.modality,
            perfect: self.perfect,
            forms: self.forms,
            negative: self.polarity == Some(Polarity::Negative),
            deniable: self.deniable,
        };
        self.lemmas
            .into_iter()
            .map(move |lemma| (lemma, cue.clone()))
    }
}

impl Reader<'_> {
    pub(super) fn words(&self, words: &mut Words) -> Result<(), FrameError> {
        // The folder also holds lists of other stages; they have their own readers and keys.
        let Some(stem) = FilePath::new(self.file)
            .file_stem()
            .and_then(|stem| stem.to_str())
        else {
            return Ok(());
        };
        if stem == "inflection" {
            words.inflection = self.parse()?;
            return Ok(());
        }
        if !["factuality", "stand_ins", "grammar", "time", "silent"].contains(&stem) {
            return Ok(());
        }
        let raw: RawWords = self.parse()?;
        let table = |list: Vec<RawCue>| list.into_iter().flat_map(RawCue::entries);
        words.modal.extend(table(raw.modal));
        words.adverbs.extend(table(raw.adverbs));
        words.adjectives.extend(table(raw.adjectives));
        words.determiners.extend(table(raw.determiners));
        words.subordinators.extend(table(raw.subordinators));
        words.side_prefixes.extend(raw.side_prefixes);
        words.alternative.extend(raw.alternative);
        words.opposing.extend(raw.opposing);
        words.unless.extend(raw.unless);
        // A tie that is to come ("the incoming minister") is planned as an announced act is.
        let coming = Cue {
            modality: Some(Modality::Planned),
            ..Cue::default()
        };
        for word in raw.future {
            words
                .adjectives
                .entry(word)
                .or_insert_with(|| coming.clone());
        }
        words
            .factual_subordinators
            .extend(raw.factual_subordinators);
        words.perfect.extend(raw.perfect);
        words.purpose.extend(raw.purpose);
        words.negation.extend(raw.negation);
        words
            .negative_prepositions
            .extend(raw.negative_prepositions);
        words.focus.extend(raw.focus);
        words.denied_phrases.extend(raw.denied_phrases);
        words.single.extend(raw.single);
        words.indefinite.extend(raw.indefinite);
        words.untrue.extend(raw.untrue);
        words.reasons.extend(raw.reasons);
        words.when.extend(raw.when);
        words.unlike.extend(raw.unlike);
        words.scant.extend(raw.scant);
        words.back_pronouns.extend(raw.back_pronouns);
        words.echoes.extend(raw.echoes);
        words.answering.extend(raw.answering);
        words.replacing.extend(raw.replacing);
        words.deeds.extend(raw.deeds);
        words.among.extend(raw.among);
        words.ranked.extend(raw.ranked);
        words.empty.extend(raw.empty);
        words.leaving.extend(raw.leaving);
        words.complementisers.extend(raw.complementisers);
        words.former.extend(raw.former);
        words.speaker_prepositions.extend(raw.speaker_prepositions);
        words.collective.extend(raw.collective.iter().cloned());
        words.stand_ins.extend(
            raw.nouns
                .into_iter()
                .chain(raw.bodies)
                .chain(raw.collective),
        );
        words.followers.extend(raw.followers);
        words.relative.extend(raw.relative);
        words.infinitive.extend(raw.infinitive);
        words.manner.extend(raw.manner);
        words.formal = raw.formal.or_else(|| words.formal.take());
        words.relative_places.extend(raw.relative_places);
        words.locative.extend(raw.locative);
        words.owner.extend(raw.owner);
        words.role_markers.extend(raw.role_markers);
        words.becoming.extend(raw.becoming);
        words.appointing.extend(raw.appointing);
        words.named_under.extend(raw.named_under);
        words.creating.extend(raw.creating);
        words.silent.extend(raw.silent);
        words.reported_thing.extend(raw.reported_thing);
        words.reported_person.extend(raw.reported_person);
        words.nominative.extend(raw.nominative);
        words.owner_pronouns.extend(raw.owner_pronouns);
        words.giver.extend(raw.giver);
        words.helped.extend(raw.helped);
        words.doer.extend(raw.doer);
        words.despite.extend(raw.despite);
        words.ending.extend(raw.ending);
        words.suffering.extend(raw.suffering);
        words.ordering.extend(raw.ordering);
        words.people.extend(raw.people);
        words.describing.extend(raw.describing);
        words.measures.extend(raw.measures);
        words.trusting.extend(raw.trusting);
        words.people.extend(raw.enterprises.iter().cloned());
        words.enterprises.extend(raw.enterprises);
        words.hurting.extend(raw.hurting);
        words.companion.extend(raw.companion);
        words.occasion.extend(raw.occasion);
        words.errand.extend(raw.errand);
        words.kin.extend(raw.kin);
        words.instances.extend(raw.instances);
        words.quoted.extend(raw.quoted);
        words.onset.extend(raw.onset);
        words.lasting.extend(raw.lasting);
        words.motion.extend(raw.motion);
        words.goal.extend(raw.goal);
        for (code, held) in [
            (&raw.refusal, &mut words.refusal),
            (&raw.demand, &mut words.demand),
            (&raw.promise, &mut words.promise),
            (&raw.allegation, &mut words.allegation),
            (&raw.together, &mut words.together),
            (&raw.praise, &mut words.praise),
            (&raw.deployment, &mut words.deployment),
            (&raw.threat, &mut words.threat),
        ] {
            if let Some(code) = code.as_ref().filter(|code| self.counts(code)) {
                *held = Some(self.relation(code)?);
            }
        }
        words.time.extend(raw.time);
        Ok(())
    }
}
