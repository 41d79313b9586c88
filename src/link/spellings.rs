//! The spellings under which an actor is found: labels, aliases, adjectives with their forms, descriptions.

use super::{actor::Actor, patterns::Patterns};
use crate::text::fold_name;

/// What a spelling is to its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Name,
    Adjective,
    Description,
}

/// One spelling of one actor.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    pub(super) actor: usize,
    pub(super) usage: Use,
    /// As written in the data, without article: decides about capitals.
    pub(super) written: String,
    /// Whether only Norwegian text may hold it.
    pub(super) norwegian: bool,
    /// Whether only English text may.
    pub(super) english: bool,
}

pub(super) fn add_spellings(index: usize, actor: &Actor, patterns: &mut Patterns) {
    let mut add = |written: &str, usage: Use, norwegian: bool| {
        let english = usage == Use::Adjective && !norwegian;
        let written = strip_for_matching(written, actor);
        let folded = fold_name(written);
        if folded.chars().filter(|one| one.is_alphanumeric()).count() < 2 {
            return;
        }
        let known = patterns.entry(folded);
        match known
            .iter_mut()
            .find(|one| one.actor == index && one.usage == usage && one.written == written)
        {
            Some(one) => {
                one.norwegian &= norwegian;
                one.english &= english;
            }
            None => known.push(Spelling {
                actor: index,
                usage,
                written: written.to_owned(),
                norwegian,
                english,
            }),
        }
    };
    for (lang, label) in &actor.labels {
        // A label may carry an explanation in brackets, which no text repeats.
        let plain = label.split(" (").next().unwrap_or(label);
        add(plain, Use::Name, lang != "en");
        if let Some(name) = person_variant(actor, plain) {
            add(&name, Use::Name, lang != "en");
        }
    }
    for (lang, names) in &actor.aliases {
        for name in names {
            add(name, Use::Name, lang != "en");
            if let Some(name) = person_variant(actor, name) {
                add(&name, Use::Name, lang != "en");
            }
        }
    }
    for (lang, names) in &actor.descriptions {
        for name in names {
            add(name, Use::Description, lang != "en");
        }
    }
    for adjective in &actor.demonyms.en.adjective {
        add(adjective, Use::Adjective, false);
    }
    for adjective in &actor.demonyms.nb.adjective {
        add(adjective, Use::Adjective, true);
        add(&format!("{adjective}e"), Use::Adjective, true);
    }
}

/// Full Arabic names are written with and without the article of the surname.
fn person_variant(actor: &Actor, name: &str) -> Option<String> {
    if &*actor.kind != "Person" {
        return None;
    }
    let article = [" al-", " el-", " Al-", " El-"]
        .into_iter()
        .find(|article| name.contains(article))?;
    Some(name.replace(article, " "))
}

/// Newspapers whose name is an article and one common word keep the article.
fn strip_for_matching<'a>(written: &'a str, actor: &Actor) -> &'a str {
    let bare = without_article(written);
    if &*actor.kind == "MediaOrganization" && !bare.contains(' ') {
        written
    } else {
        bare
    }
}

/// The name without a leading article of English or Norwegian.
pub(super) fn without_article(name: &str) -> &str {
    for article in ["the ", "den ", "det ", "dei ", "de "] {
        if let Some((head, rest)) = name.split_at_checked(article.len())
            && head.eq_ignore_ascii_case(article)
            && !rest.trim().is_empty()
        {
            return rest;
        }
    }
    name
}
