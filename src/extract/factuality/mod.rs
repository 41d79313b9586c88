//! Is it so, and who says so: climbs from the word that names an act to the root of its sentence and reads what each
//! step makes of it: negation, modal verbs, adverbs, embedding verbs and nouns (operators), conditions, speakers.
//!
//! What a noun phrase takes for granted ("the attack on X was condemned") is asserted, whatever stands above it; only an
//! operator that names the noun's slot reaches into it.

mod clauses;
mod denial;
mod local;
mod operators;
mod said;
mod share;
mod step;

use super::{frames::Cue, scene::Scene};
use crate::{
    claim::{Argument, Modality, Polarity},
    ontology::Ontology,
};

/// How an act is held, and why.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    /// Who says so; several where they are coordinated.
    pub(super) speakers: Vec<Argument>,
    pub(super) via: Vec<Argument>,
    pub(super) because: Vec<String>,
    /// An operator leaves nothing of the act itself.
    pub(super) dropped: bool,
    /// Operators that say something of their own about the act: (operator, its word).
    pub(super) emitters: Vec<(usize, usize)>,
    /// The farthest word that decided something; evidence reaches to it.
    pub(super) words: Vec<usize>,
    /// A modal of intent stands directly with the act ("will not accept").
    pub(super) intended: bool,
    /// The word for what was done so that the act might come about ("flew to X to meet").
    pub(super) means: Option<usize>,
    /// The words that turned it round.
    pub(super) negated: Vec<usize>,
}

/// Deeper embedding than this is a parser's knot.
const STEPS: usize = 24;

/// How the act at `word` is held. `light`: the act is a noun whose verb only carries it ("launch an attack").
pub(super) fn hold(
    scene: &Scene<'_>,
    word: usize,
    light: bool,
    relation: &str,
    ontology: &Ontology,
) -> Held {
    let class = ontology
        .relation(relation)
        .and_then(|relation| relation.quad_class);
    let mut climb = Climb {
        scene,
        relation,
        ontology,
        class,
        held: Held::plain(),
        opposed: false,
        named: false,
        unowned_plan: false,
        full: true,
    };
    climb.local(word);
    climb.speakers_beside(word);
    let mut at = word;
    let (mut light, mut told) = (light, !scene.tree.is_nominal(word));
    for _ in 0..STEPS {
        let Some(next) = climb.step(at, light) else {
            break;
        };
        climb.speakers_beside(next);
        light = false;
        told = true;
        at = next;
    }
    // What a noun phrase takes for granted is nobody's words.
    climb.any_such(word);
    if told {
        climb.speaker_of_quote(word);
    } else {
        climb.according_to(word);
    }
    climb.held
}

impl Held {
    /// Told as fact by the text itself.
    pub(super) fn told() -> Self {
        Self::plain()
    }

    fn plain() -> Self {
        Self {
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            speakers: vec![],
            via: vec![],
            because: vec![],
            dropped: false,
            emitters: vec![],
            words: vec![],
            intended: false,
            means: None,
            negated: vec![],
        }
    }
}

struct Climb<'a> {
    scene: &'a Scene<'a>,
    relation: &'a str,
    ontology: &'a Ontology,
    /// The relation's quad class.
    class: Option<u8>,
    held: Held,
    /// Whether what is told above is of something else than the act: the plan of it is rejected, the idea of it opposed.
    opposed: bool,
    /// Whether a noun that names the act's status ("demand", "plan") lies below.
    named: bool,
    /// Whether the noun that names it is a plan or idea of nobody who is named ("any move to punish X").
    unowned_plan: bool,
    /// Whether everything above still bears on the act; beyond an adverbial clause only speech does.
    full: bool,
}

impl Climb<'_> {
    fn take(&mut self, cue: &Cue, by: usize) {
        if let Some(modality) = cue.modality {
            self.set(modality, by);
        }
        if cue.negative {
            self.negate(by);
        }
    }

    /// Each word turns the act round once, from whichever step of the climb it is seen.
    fn negate(&mut self, by: usize) {
        if self.held.negated.contains(&by) {
            return;
        }
        self.held.negated.push(by);
        if self.is_only_more(by) {
            return;
        }
        self.held.polarity = match self.held.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
        self.because(by, "turns it round");
    }

    /// "not only supports X": what is so, and more.
    fn is_only_more(&self, negation: usize) -> bool {
        let tree = &self.scene.tree;
        let next = tree.paragraph.words.get(negation + 1);
        next.is_some_and(|next| tree.frames.words.focus.contains(&next.text.to_lowercase()))
    }

    /// The innermost modality stands: what is only possible stays so under a plan.
    fn set(&mut self, modality: Modality, by: usize) {
        if self.held.modality == Modality::Asserted && modality != Modality::Asserted {
            self.held.modality = modality;
            self.because(by, &format!("makes it {}", name(modality)));
        }
    }

    /// "fears that X will attack": what others believe, fear or propose of somebody's plan is no plan.
    fn weaken(&mut self, modality: Modality, by: usize) {
        let proposal = modality == Modality::Hypothetical && self.scene.tree.is_nominal(by);
        let doubt = modality == Modality::Possible || proposal;
        if doubt && self.held.modality == Modality::Planned {
            self.held.modality = Modality::Asserted;
        }
    }

    fn because(&mut self, by: usize, what: &str) {
        let sentence = format!("\u{201c}{}\u{201d} {what}.", self.scene.tree.word(by).text);
        self.held.because.push(sentence);
        self.held.words.push(by);
    }
}

/// The word for a modality, as the data model writes it.
fn name(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "asserted",
        Modality::Planned => "planned",
        Modality::Possible => "possible",
        Modality::Demanded => "demanded",
        Modality::Hypothetical => "hypothetical",
    }
}
