//! The word lists of linking, from `ontology/words/{en,nb}/*.toml`: titles, heads of names, bodies, verbs, references.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use serde::Deserialize;

use crate::{document::Lang, grammar::Paragraph, text::fold_name};

/// Lists about names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameWords {
    pub(super) titles: Vec<String>,
    pub(super) regnal: Vec<String>,
    pub(super) office: Vec<String>,
    pub(super) particles: Vec<String>,
    pub(super) left_out: Vec<String>,
    pub(super) articles: Vec<String>,
    /// Nouns that make a name with the place behind them ("Universitetet i Oslo").
    #[serde(default)]
    pub(super) seated: Vec<String>,
    pub(super) locative: Vec<String>,
    /// Small nouns that end a name ("Oslo tingrett"), and words that may stand before them ("refugee camp").
    tails: BTreeSet<String>,
    before_tail: BTreeSet<String>,
    /// Countries whose actor a name means that several bear, where nothing else tells.
    pub(super) home: Vec<String>,
    /// Words that make names which many countries have ("Social Democrats", "Security Service").
    pub(super) general: Vec<String>,
    /// Nouns before which the adjective of a country is that of its language.
    pub(super) of_language: Vec<String>,
    /// Nouns whose genitive stands inside names ("People's Army").
    pub(super) collective: Vec<String>,
    /// Verbs whose object, if it is an unknown name of one word, is a place ("captured Myawaddy").
    pub(super) taken: Vec<String>,
    /// Verbs whose object, if it is an unknown name of two words, is a person ("convicted X").
    pub(super) caught: Vec<String>,
    /// What a noun and this preposition say of the name behind them ("the town of X").
    pub(super) named_by: Vec<String>,
    /// Names that begin so and end in one of the heads are of several states ("Pacific Islands Forum").
    international: Vec<String>,
    international_heads: Vec<String>,
    /// Offices that are written together with a name ("Venstrelederen"), and endings that the name loses before them.
    pub(super) joined_offices: Vec<String>,
    pub(super) joined_endings: Vec<String>,
    pub(super) labels: BTreeMap<String, String>,
    heads: BTreeMap<String, Vec<String>>,
    /// First words that tell the kind ("Radio X", "Camp X").
    firsts: BTreeMap<String, Vec<String>>,
    /// Letters of parties in brackets behind a person's name ("Anna Holm (H)"), with the gazetteer's id.
    #[serde(default)]
    pub(super) bracketed: BTreeMap<String, String>,
    /// Nouns right behind a name that tell its kind ("X fighters").
    behind: BTreeMap<String, Vec<String>>,
}

/// Descriptive names of bodies, and the people of an actor.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BodyWords {
    pub(super) people: Vec<String>,
    /// Of an organisation only.
    pub(super) followers: Vec<String>,
    /// Prepositions before an owner, before the owner of some bodies ("from"), and before the place of a body.
    pub(super) of: Vec<String>,
    pub(super) from: Vec<String>,
    pub(super) at: Vec<String>,
    /// Prepositions before a body that others sit in ("the parties in the government").
    pub(super) inside: Vec<String>,
    /// The one of them that the seat of an owner follows.
    pub(super) seat: Vec<String>,
    /// Months and days, and the prepositions before them, that tell one event from another ("valget i januar").
    pub(super) times: Vec<String>,
    pub(super) dated: Vec<String>,
    body: Vec<Body>,
}

/// A body that a description may name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub(super) slug: String,
    pub(super) kind: String,
    /// Whether it may stand without an owner.
    #[serde(default)]
    pub(super) alone: bool,
    /// Whether a state's is the state itself.
    #[serde(default)]
    pub(super) state: bool,
    /// Whether it is one of the home country's when nothing tells whose it is ("finanskomiteen").
    #[serde(default)]
    pub(super) home: bool,
    /// Whether it may be indefinite when it stands alone ("a unity government").
    #[serde(default)]
    pub(super) indefinite: bool,
    /// Whether its bare form is definite in English too ("police").
    #[serde(default)]
    pub(super) bare: bool,
    /// Whether an owner has many, so that two documents may mean two ("naval base").
    #[serde(default)]
    pub(super) many: bool,
    /// Whether "from" names its owner ("a delegation from Hamas").
    #[serde(default)]
    pub(super) from: bool,
    /// Whether its seat does not tell whose it is ("the embassy in X").
    #[serde(default)]
    pub(super) abroad: bool,
    /// What a bare form of another body of the family may refer to.
    #[serde(default)]
    pub(super) family: Option<String>,
    /// Words before a name of which its bare form is short ("the opposition alliance X": "the opposition").
    #[serde(default)]
    pub(super) named: Vec<String>,
    forms: Vec<String>,
}

impl Body {
    /// Whether a form has a longer one, as "departement" has "departementet".
    pub(super) fn has_longer(&self, form: &str) -> bool {
        let longer = |other: &String| other.len() > form.len() && other.starts_with(form);
        self.forms.iter().any(longer)
    }
}

/// Verbs whose subject or object is somebody.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VerbWords {
    pub(super) acts: Vec<String>,
    pub(super) addresses: Vec<String>,
    pub(super) deals: Vec<String>,
    pub(super) towards: Vec<String>,
    /// Verbs of speech that stand behind what is said ("…, sier hun").
    #[serde(default)]
    pub(super) says: Vec<String>,
    /// Verbs with which a people ("russerne") stands for its state.
    #[serde(default)]
    pub(super) peoples: Vec<String>,
    /// Nouns for who is sent to a government, and what joins them to its capital.
    pub(super) posts: Vec<String>,
    pub(super) posted: Vec<String>,
}

/// Words that refer back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReferenceWords {
    pub(super) definite: Vec<String>,
    pub(super) owned: Vec<String>,
    pub(super) two: Vec<String>,
    pub(super) both: Vec<String>,
    pub(super) he: Vec<String>,
    pub(super) she: Vec<String>,
    pub(super) it: Vec<String>,
    pub(super) it_kinds: Vec<String>,
    pub(super) he_kinds: Vec<String>,
    pub(super) relative: Vec<String>,
    pub(super) own: Vec<String>,
    pub(super) other: Vec<String>,
    /// "They" and "their".
    pub(super) they: Vec<String>,
    /// What a single entity must be for "they" to mean it.
    pub(super) they_kinds: Vec<String>,
    /// Nouns for the people of an organisation, who stand for it in the plural, and what joins them to its name.
    pub(super) representatives: Vec<String>,
    /// Nouns for the other of two states ("its neighbour").
    #[serde(default)]
    pub(super) counterparts: Vec<String>,
    /// Nouns for a person by what they do ("the journalist").
    #[serde(default)]
    pub(super) persons: Vec<String>,
    /// Nouns beside names that describe nobody ("the name").
    #[serde(default)]
    pub(super) vague: Vec<String>,
    /// Nouns for the state that a person rules ("her government").
    #[serde(default)]
    pub(super) ruled: Vec<String>,
    /// Prepositions under which "them" are two ("between them").
    pub(super) between: Vec<String>,
    pub(super) stands_for: Vec<String>,
    /// Words for numbers above two.
    pub(super) counts: BTreeMap<String, usize>,
    /// Adjectives that tell no other one ("the same group").
    pub(super) neutral: Vec<String>,
    /// Ends of words for people of an age ("87-year-old").
    pub(super) aged: Vec<String>,
    /// What joins a name to another name of the same actor ("known as").
    pub(super) known_as: Vec<String>,
    noun: Vec<Noun>,
    pair: Vec<Noun>,
}

/// Nouns and the kinds of entity that they may refer to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Noun {
    forms: Vec<String>,
    pub(super) kinds: Vec<String>,
    /// Whether another one of its kind nearby leaves it open ("the rebels").
    #[serde(default)]
    pub(super) strict: bool,
}

/// All lists of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) names: NameWords,
    pub(super) bodies: BodyWords,
    pub(super) verbs: VerbWords,
    pub(super) references: ReferenceWords,
    /// Whether heads of names are endings (Norwegian compounds) and not words.
    endings: bool,
    /// The kind that each head tells, and each first word.
    heads: BTreeMap<String, String>,
    firsts: BTreeMap<String, String>,
    forms: BTreeMap<String, usize>,
    /// How forms of bodies and words for people begin.
    beginnings: BTreeSet<String>,
}

impl Words {
    /// The lists for a language; Nynorsk reads the Norwegian ones.
    pub(super) fn of(lang: Lang) -> &'static Self {
        static ENGLISH: OnceLock<Words> = OnceLock::new();
        static NORWEGIAN: OnceLock<Words> = OnceLock::new();
        macro_rules! read {
            ($lang:literal) => {
                Words::read(
                    include_str!(concat!("../../ontology/words/", $lang, "/names.toml")),
                    include_str!(concat!("../../ontology/words/", $lang, "/bodies.toml")),
                    include_str!(concat!("../../ontology/words/", $lang, "/verbs.toml")),
                    include_str!(concat!("../../ontology/words/", $lang, "/references.toml")),
                    $lang == "nb",
                )
                .expect("a test reads the compiled lists")
            };
        }
        match lang.family() {
            Lang::En => ENGLISH.get_or_init(|| read!("en")),
            Lang::Nb | Lang::Nn => NORWEGIAN.get_or_init(|| read!("nb")),
        }
    }

    fn read(
        names: &str,
        bodies: &str,
        verbs: &str,
        references: &str,
        endings: bool,
    ) -> Result<Self, toml::de::Error> {
        let names: NameWords = toml::from_str(names)?;
        let bodies: BodyWords = toml::from_str(bodies)?;
        let heads = by_word(&names.heads);
        let firsts = by_word(&names.firsts);
        let indexed = bodies.body.iter().enumerate();
        let forms =
            indexed.flat_map(|(at, body)| body.forms.iter().map(move |form| (form.clone(), at)));
        let forms: BTreeMap<String, usize> = forms.collect();
        let people = bodies.people.iter().chain(&bodies.followers);
        let beginnings = forms.keys().chain(people);
        let beginnings = beginnings.map(|form| letters(form).to_owned()).collect();
        Ok(Self {
            beginnings,
            forms,
            verbs: toml::from_str(verbs)?,
            references: toml::from_str(references)?,
            names,
            bodies,
            endings,
            heads,
            firsts,
        })
    }

    /// The kind that a name's own words tell ("Popular Front for X" -> `ArmedGroup`), if any.
    pub(super) fn kind_of_name(&self, name: &str) -> Option<&str> {
        let name = name.to_lowercase();
        if let Some(kind) = self.kind_of_beginning(&name) {
            return Some(kind);
        }
        let kind = self.kind_of_ending(&name)?;
        let wide = self.names.international.iter().any(|word| {
            let rest = name.strip_prefix(&**word);
            rest.is_some_and(|rest| rest.starts_with([' ', '-']) || self.endings)
        });
        let heads = &self.names.international_heads;
        if wide && heads.iter().any(|head| ends_in(&name, head, self.endings)) {
            return Some("InternationalOrganization");
        }
        Some(kind)
    }

    /// "Radio X", "Camp X": a first word with more than a letter or two behind it.
    fn kind_of_beginning(&self, name: &str) -> Option<&str> {
        let ends = name.char_indices().filter_map(|(at, letter)| match letter {
            ' ' => Some((at, at)),
            '-' => Some((at + 1, at + 1)),
            _ => None,
        });
        let firsts = ends
            .filter(|&(_, rest)| name.len() - rest > 2)
            .filter_map(|(end, _)| self.firsts.get(&name[..end]));
        firsts.min().map(String::as_str)
    }

    /// The kind that a noun right behind a name tells ("fighters" -> `ArmedGroup`).
    pub(super) fn kind_behind(&self, noun: &str) -> Option<&str> {
        let mut behind = self.names.behind.iter();
        behind.find_map(|(kind, words)| holds(words, noun).then_some(&**kind))
    }

    fn kind_of_ending(&self, name: &str) -> Option<&str> {
        // The longest ending decides ("motstandshæren" before "hæren").
        if self.endings {
            let mut endings = name.char_indices().map(|(at, _)| &name[at..]);
            return endings
                .find_map(|ending| self.heads.get(ending))
                .map(String::as_str);
        }
        // In "Bank of X" and "Front for the Y" the head stands before the preposition.
        let head = [" of ", " for ", " in "]
            .iter()
            .filter_map(|cut| name.find(cut))
            .min();
        let head = name.get(..head.unwrap_or(name.len())).unwrap_or(name);
        let behind = |(at, letter): (usize, char)| {
            let cut = matches!(letter, ' ' | '-' | '\u{2019}' | '\'');
            cut.then(|| &head[at + letter.len_utf8()..])
        };
        let mut endings = std::iter::once(head).chain(head.char_indices().filter_map(behind));
        endings
            .find_map(|ending| self.heads.get(ending))
            .map(String::as_str)
    }

    /// Whether a small noun behind a name belongs to it, also in the Norwegian genitive.
    pub(super) fn is_tail(&self, word: &str) -> bool {
        let bare = word.strip_suffix('s').filter(|_| self.endings);
        self.names.tails.contains(word) || bare.is_some_and(|bare| self.names.tails.contains(bare))
    }

    /// Where a name that ends before `end` really ends: behind its small nouns, if it has any.
    pub(super) fn tail_end(&self, paragraph: &Paragraph, end: usize) -> usize {
        let text = |at: usize| paragraph.words.get(at).map_or("", |word| &word.text);
        if self.is_tail(text(end)) {
            end + 1
        } else if self.names.before_tail.contains(text(end)) && self.is_tail(text(end + 1)) {
            end + 2
        } else {
            end
        }
    }

    /// The body that these words (lower case) describe.
    pub(super) fn body(&self, words: &str) -> Option<&Body> {
        self.forms.get(words).map(|&at| &self.bodies.body[at])
    }

    /// Whether a body or people may begin with a word in lower case; most words do not, and need not be looked up with
    /// those behind them.
    pub(super) fn begins_body(&self, word: &str) -> bool {
        let word = letters(word);
        let genitive = word.strip_suffix('s').filter(|_| self.endings);
        self.beginnings.contains(word)
            || genitive.is_some_and(|bare| self.beginnings.contains(bare))
    }

    /// The noun that a definite form is, with the kinds that it may refer to.
    pub(super) fn noun(&self, form: &str) -> Option<&Noun> {
        noun(&self.references.noun, form)
    }

    /// Kinds that a plural noun for two actors may refer to.
    pub(super) fn pair_kinds(&self, form: &str) -> Option<&[String]> {
        noun(&self.references.pair, form).map(|noun| noun.kinds.as_slice())
    }

    /// Whether lists are Norwegian.
    pub(super) fn norwegian(&self) -> bool {
        self.endings
    }
}

impl VerbWords {
    /// Whether a list holds a verb. Statistical lemmas of Norwegian verbs go wrong often enough that the form itself
    /// counts too, if it begins with the stem of a verb of the list.
    pub(super) fn hold(list: &[String], lemma: &str, form: &str, norwegian: bool) -> bool {
        let form = form.to_lowercase();
        let stem = |verb: &String| {
            let stem = verb.strip_suffix('e').unwrap_or(verb);
            stem.len() > 4 && form.starts_with(stem) && form.len() <= verb.len() + 3
        };
        holds(list, lemma) || norwegian && list.iter().any(stem)
    }
}

/// Given names by gender.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenNames {
    female: BTreeSet<String>,
    male: BTreeSet<String>,
}

/// Whether the bearer of a name is a she (true) or a he (false), if the given name tells.
pub(super) fn is_she(name: &str) -> Option<bool> {
    static NAMES: OnceLock<GivenNames> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        toml::from_str(include_str!("../../ontology/words/given-names.toml"))
            .expect("a test reads the compiled list")
    });
    let given = fold_name(name.split_whitespace().next()?);
    if names.female.contains(&given) {
        Some(true)
    } else {
        names.male.contains(&given).then_some(false)
    }
}

/// Whether a name ends in a word, or in letters.
fn ends_in(name: &str, word: &str, letters: bool) -> bool {
    name.strip_suffix(word).is_some_and(|rest| {
        letters || rest.is_empty() || rest.ends_with([' ', '-', '\u{2019}', '\''])
    })
}

/// Whether a token is the ending of an English genitive.
pub(super) fn is_genitive_ending(token: &str) -> bool {
    matches!(token, "'s" | "\u{2019}s" | "'" | "\u{2019}")
}

/// The kind of each word that the lists of kinds hold; of two kinds the first.
fn by_word(kinds: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (kind, words) in kinds {
        for word in words {
            found.entry(word.clone()).or_insert_with(|| kind.clone());
        }
    }
    found
}

/// The letters that a word begins with.
fn letters(word: &str) -> &str {
    let end = word.find(|letter: char| !letter.is_alphanumeric());
    &word[..end.unwrap_or(word.len())]
}

/// Whether a list holds a word.
pub(super) fn holds(list: &[String], word: &str) -> bool {
    list.iter().any(|one| one == word)
}

fn noun<'a>(nouns: &'a [Noun], form: &str) -> Option<&'a Noun> {
    nouns.iter().find(|noun| holds(&noun.forms, form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_kind(lang: Lang, name: &str, expected: Option<&str>) {
        assert_eq!(Words::of(lang).kind_of_name(name), expected);
    }

    #[test]
    fn heads_tell_the_kind_of_a_name() {
        check_kind(Lang::En, "Green Valley Party", Some("PoliticalParty"));
        check_kind(Lang::En, "Party of the Centre", Some("PoliticalParty"));
        check_kind(Lang::En, "Bank of Freeland", Some("Organization"));
        check_kind(Lang::En, "Anna Holm", None);
        check_kind(Lang::Nb, "Solpartiet", Some("PoliticalParty"));
        check_kind(Lang::Nb, "Nordby-sykehuset", Some("Facility"));
        check_kind(Lang::Nn, "Kari Li", None);
    }

    #[test]
    fn given_names_tell_gender() {
        assert_eq!(is_she("Berit Solvang"), Some(true));
        assert_eq!(is_she("José Lima"), Some(false));
        assert_eq!(is_she("Solvang"), None);
    }

    #[test]
    fn bodies_have_the_same_slugs_in_both_languages() {
        let english = Words::of(Lang::En).body("army").map(|body| &*body.slug);
        let norwegian = Words::of(Lang::Nb).body("hæren").map(|body| &*body.slug);
        assert_eq!(english, Some("army"));
        assert_eq!(english, norwegian);
    }
}
