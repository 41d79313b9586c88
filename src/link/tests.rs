use super::*;
use crate::{
    document::{Lang, Metadata},
    grammar::{Pos, Word},
};

/// Words cut at white space and punctuation, all nouns, without heads: enough for what needs no grammar.
pub(super) fn paragraph(text: &str) -> Paragraph {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    for (at, one) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = one.is_alphanumeric() || one == '-';
        if inside {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            words.push(word(text, from, at));
        }
        if !one.is_whitespace() {
            words.push(word(text, at, at + one.len_utf8()));
        }
    }
    let count = words.len();
    Paragraph {
        words,
        sentences: std::iter::once(0..count).collect(),
        names: Vec::new(),
    }
}

fn word(text: &str, start: usize, end: usize) -> Word {
    let span = Span::new(start, end);
    let text = span.slice(text).to_owned();
    let pos = match text.chars().next() {
        Some(one) if !one.is_alphanumeric() => Pos::Punct,
        Some(one) if one.is_uppercase() => Pos::Propn,
        _ => Pos::Noun,
    };
    Word {
        span,
        lemma: text.to_lowercase(),
        text,
        pos,
        ..Word::default()
    }
}

pub(super) fn article(text: &str, lang: Lang) -> Article {
    Article {
        id: "sample".to_owned(),
        lang,
        text: text.to_owned(),
        paragraphs: vec![Span::new(0, text.len())],
        set_aside: Vec::new(),
        meta: Metadata::default(),
        mentions: None,
        extra: BTreeMap::new(),
    }
}

/// Words written as `form|POS|Role|head`, separated by spaces; the head is a word's number from 0, `-` for a root. A
/// preposition may stand behind the role (`obl:in`).
/// A full stop that stands alone ends a sentence.
pub(super) fn parsed(text: &str, grammar: &str) -> Paragraph {
    let mut paragraph = Paragraph::default();
    let (mut at, mut start) = (0, 0);
    for token in grammar.split_whitespace() {
        let parts: Vec<&str> = token.split('|').collect();
        let form = parts[0];
        at += text[at..].find(form).unwrap();
        let span = Span::new(at, at + form.len());
        at = span.end;
        let part = |index: usize| parts.get(index).copied().unwrap_or("");
        paragraph.words.push(Word {
            span,
            text: form.to_owned(),
            lemma: part(4).to_owned(),
            pos: match part(1) {
                "PN" => Pos::Propn,
                "N" => Pos::Noun,
                "V" => Pos::Verb,
                "A" => Pos::Adj,
                "D" => Pos::Det,
                "P" => Pos::Pron,
                "C" => Pos::Cconj,
                "I" => Pos::Adp,
                "." => Pos::Punct,
                _ => Pos::Other,
            },
            head: part(3).parse().ok(),
            marker: part(2).split_once(':').map(|(_, marker)| marker.to_owned()),
            role: match part(2).split(':').next().unwrap_or("") {
                "s" => Role::Subject,
                "o" => Role::Object,
                "obl" => Role::Oblique,
                "conj" => Role::Conjunct,
                "poss" => Role::Possessor,
                "app" => Role::Apposition,
                "comp" => Role::Compound,
                "adj" => Role::Adjective,
                "con" => Role::Content,
                _ => Role::Other,
            },
            ..Word::default()
        });
        if form == "." {
            paragraph.sentences.push(start..paragraph.words.len());
            start = paragraph.words.len();
        }
    }
    if start < paragraph.words.len() {
        paragraph.sentences.push(start..paragraph.words.len());
    }
    paragraph
}

fn mentions(text: &str, lang: Lang, paragraph: Paragraph) -> Vec<String> {
    let linked = link(
        &article(text, lang),
        &[paragraph],
        Gazetteer::embedded(),
        &Ontology::default(),
    );
    for mention in &linked.mentions {
        assert!(
            linked
                .entities
                .iter()
                .any(|entity| entity.id == mention.entity),
            "{mention:?}"
        );
        assert!(mention.why.ends_with('.'), "{mention:?}");
    }
    assert!(linked.entities.is_sorted_by(|one, other| one.id < other.id));
    linked
        .mentions
        .iter()
        .map(|one| format!("{} = {}", one.span.slice(text), one.entity))
        .collect()
}

#[track_caller]
fn check(lang: Lang, text: &str, expected: &[&str]) {
    assert_eq!(mentions(text, lang, paragraph(text)), expected);
}

#[track_caller]
fn check_parsed(lang: Lang, text: &str, grammar: &str, expected: &[&str]) {
    assert_eq!(mentions(text, lang, parsed(text, grammar)), expected);
}

#[test]
fn nothing_gives_nothing() {
    check(Lang::En, "", &[]);
    check(Lang::Nb, "regn og vind", &[]);
}

#[test]
fn names_inside_compounds_are_mentions_of_the_name_alone() {
    check(
        Lang::Nb,
        "Hamas-lederen og FNs utsending",
        &["Hamas = hamas", "FN = united-nations"],
    );
    check(Lang::En, "a US-backed plan", &["US = united-states"]);
}

#[test]
fn a_surname_after_the_full_name_is_the_same_person() {
    check(
        Lang::En,
        "Berit Solvang came. Solvang left",
        &["Berit Solvang = berit-solvang", "Solvang = berit-solvang"],
    );
    check(
        Lang::Nb,
        "Berit Solvang kom. Solvangs venner",
        &["Berit Solvang = berit-solvang", "Solvang = berit-solvang"],
    );
}

#[test]
fn another_persons_surname_is_not_the_known_one() {
    check(
        Lang::En,
        "Jamil Abbas came. Abbas left",
        &["Jamil Abbas = jamil-abbas", "Abbas = jamil-abbas"],
    );
}

#[test]
fn an_acronym_in_brackets_binds() {
    check(
        Lang::En,
        "the Green Valley Front (GVF) split. GVF leaders",
        &[
            "Green Valley Front = green-valley-front",
            "GVF = green-valley-front",
            "GVF leaders = green-valley-front",
            "GVF = green-valley-front",
        ],
    );
}

#[test]
fn palestinian_means_the_authority_before_an_office() {
    check(
        Lang::En,
        "a Palestinian minister",
        &["Palestinian = palestinian-authority"],
    );
    check(
        Lang::En,
        "a Palestinian farmer",
        &["Palestinian = palestine"],
    );
    check(Lang::En, "many Palestinians", &[]);
}

#[test]
fn capitals_that_act_stand_for_states() {
    check_parsed(
        Lang::En,
        "Ankara demanded talks .",
        "Ankara|PN|s|1 demanded|V|r|-|demand talks|N|o|1 .",
        &["Ankara = turkey"],
    );
    check_parsed(
        Lang::En,
        "Rain hit Ankara .",
        "Rain|N|s|1 hit|V|r|-|hit Ankara|PN|o|1 .",
        &["Ankara = ankara"],
    );
    check_parsed(
        Lang::Nb,
        "Peru takket Oslo .",
        "Peru|PN|s|1 takket|V|r|-|takke Oslo|PN|o|1 .",
        &["Peru = peru", "Oslo = norway"],
    );
}

#[test]
fn a_capital_that_has_an_envoy_stands_for_its_state() {
    check_parsed(
        Lang::En,
        "Peru praised the envoy in Ankara .",
        "Peru|PN|s|1 praised|V|r|-|praise the|D|d|3 envoy|N|o|1|envoy in|I||5 Ankara|PN|obl:in|3 .",
        &["Peru = peru", "Ankara = turkey"],
    );
    check_parsed(
        Lang::En,
        "Peru praised the market in Ankara .",
        "Peru|PN|s|1 praised|V|r|-|praise the|D|d|3 market|N|o|1|market in|I||5 Ankara|PN|obl:in|3 .",
        &["Peru = peru", "Ankara = ankara"],
    );
}

#[test]
fn an_army_chiefs_army_is_that_of_his_state() {
    check_parsed(
        Lang::En,
        "India spoke . The army chief Asim Munir spoke .",
        "India|PN|s|1 spoke|V|r|- .|.||1 The|D|d|5 army|N|comp|5 chief|N|app|6 Asim|PN|comp|7 Munir|PN|s|8 spoke|V|r|- .|.||8",
        &[
            "India = india",
            "The army = pakistan-army",
            "Asim Munir = asim-munir",
        ],
    );
}

#[test]
fn bodies_get_the_same_id_in_both_languages() {
    check_parsed(
        Lang::En,
        "the Peruvian army",
        "the|D|d|2 Peruvian|A|adj|2 army|N|s|-",
        &["Peruvian army = peru-army", "Peruvian = peru"],
    );
    check_parsed(
        Lang::Nb,
        "den peruanske hæren",
        "den|D|d|2 peruanske|A|adj|2 hæren|N|s|-",
        &["peruanske hæren = peru-army", "peruanske = peru"],
    );
}

#[test]
fn soldiers_stand_for_their_state_and_militants_for_their_group_only() {
    check_parsed(
        Lang::En,
        "Peruvian troops",
        "Peruvian|A|adj|1 troops|N|s|-",
        &["Peruvian troops = peru", "Peruvian = peru"],
    );
    check_parsed(
        Lang::En,
        "Peruvian militants",
        "Peruvian|A|adj|1 militants|N|s|-",
        &["Peruvian = peru"],
    );
    check_parsed(
        Lang::En,
        "Fatah militants",
        "Fatah|PN|comp|1 militants|N|s|-",
        &["Fatah militants = fatah", "Fatah = fatah"],
    );
}

#[test]
fn two_are_the_last_coordinated_pair() {
    check_parsed(
        Lang::En,
        "Peru and Chile met . The two countries split .",
        "Peru|PN|s|3 and|C|c|2 Chile|PN|conj|0 met|V|r|- . The|D|d|7 two|D|num|7 countries|N|s|8 split|V|r|- .",
        &[
            "Peru = peru",
            "Chile = chile",
            "The two countries = chile",
            "The two countries = peru",
        ],
    );
}

#[test]
fn pronouns_resolve_only_where_one_person_fits() {
    check_parsed(
        Lang::En,
        "Berit Solvang came . She left .",
        "Berit|PN|comp|1 Solvang|PN|s|2 came|V|r|- . She|P|s|5 left|V|r|- .",
        &["Berit Solvang = berit-solvang", "She = berit-solvang"],
    );
    check_parsed(
        Lang::En,
        "Berit Solvang and Karin Holm came . She left .",
        "Berit|PN|comp|1 Solvang|PN|s|5 and|C|c|4 Karin|PN|comp|4 Holm|PN|conj|1 came|V|r|- . She|P|s|8 left|V|r|- .",
        &["Berit Solvang = berit-solvang", "Karin Holm = karin-holm"],
    );
    check_parsed(
        Lang::Nb,
        "Peru trakk sine soldater .",
        "Peru|PN|s|1 trakk|V|r|-|trekke sine|D|poss|3 soldater|N|o|1 .",
        &["Peru = peru", "sine = peru"],
    );
}

#[test]
fn descriptions_need_an_actor_that_was_named() {
    check_parsed(
        Lang::En,
        "Hamas won . The Islamist movement rules .",
        "Hamas|PN|s|1 won|V|r|- . The|D|d|5 Islamist|A|adj|5 movement|N|s|6 rules|V|r|- .",
        &["Hamas = hamas", "The Islamist movement = hamas"],
    );
    check_parsed(
        Lang::En,
        "The Islamist movement rules .",
        "The|D|d|2 Islamist|A|adj|2 movement|N|s|3 rules|V|r|- .",
        &[],
    );
}

#[test]
fn mentions_of_the_input_are_used_as_given() {
    let text = "Kari møtte Hamas";
    let mut article = article(text, Lang::Nb);
    article.mentions = Some(vec![GivenMention {
        span: Span::new(0, 4),
        id: "k1".to_owned(),
        kind: Some("Person".to_owned()),
    }]);
    let linked = link(
        &article,
        &[paragraph(text)],
        Gazetteer::embedded(),
        &Ontology::default(),
    );
    assert_eq!(linked.mentions.len(), 1);
    assert_eq!(
        (&*linked.entities[0].id, &*linked.entities[0].kind),
        ("k1", "Person")
    );
}

#[test]
fn labels_of_other_schemes_say_no_more_than_that_somebody_acts() {
    let text = "Kari møtte Hamas";
    let given = |span, id: &str, kind: &str| GivenMention {
        span,
        id: id.to_owned(),
        kind: Some(kind.to_owned()),
    };
    let mut article = article(text, Lang::Nb);
    article.mentions = Some(vec![
        given(Span::new(0, 4), "k1", "PER"),
        given(Span::new(12, 17), "k2", "ArmedGroup"),
    ]);
    let linked = link(
        &article,
        &[paragraph(text)],
        Gazetteer::embedded(),
        Ontology::embedded(),
    );
    let kinds: Vec<&str> = linked.entities.iter().map(|one| &*one.kind).collect();
    assert_eq!(kinds, ["Actor", "ArmedGroup"]);
}

#[test]
fn a_leaders_government_is_the_known_one_of_the_country() {
    check_parsed(
        Lang::En,
        "Netanyahu's government",
        "Netanyahu|PN|poss|2 's|part|c|0 government|N|s|-",
        &[
            "Netanyahu's government = israeli-cabinet",
            "Netanyahu = benjamin-netanyahu",
        ],
    );
}

#[test]
fn news_from_home_need_not_name_its_state() {
    check(
        Lang::Nb,
        "Venstre, Høyre, Rødt, Senterpartiet og Stortinget venter. Hun var i Spania. Nå svarer Regjeringen.",
        &[
            "Venstre = liberal-party-norway",
            "Høyre = conservative-party-norway",
            "Rødt = red-party",
            "Senterpartiet = centre-party-norway",
            "Stortinget = storting",
            "Spania = spain",
            "Regjeringen = norway-government",
        ],
    );
}
