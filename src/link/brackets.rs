//! Letters of a party in brackets behind a person's name ("Anna Holm (H)", "Ole Lund (R-Texas)"): alone they are nobody's
//! name. Which letters mean which party is data (`bracketed` in `names.toml`).

use std::sync::Arc;

use super::{Found, Reader};
use crate::claim::MentionKind;

/// Adds the parties in brackets, where nothing else was found.
pub(super) fn read(reader: &mut Reader) {
    let persons: Vec<(usize, usize)> = reader
        .found
        .iter()
        .filter(|one| reader.kind_of(&one.entity) == "Person")
        .map(|one| (one.paragraph, one.words.end))
        .collect();
    for (at, open) in persons {
        let words = &reader.paragraphs[at].words;
        let text = |index: usize| words.get(index).map_or("", |word| word.text.as_str());
        let closed = matches!(text(open + 2), ")" | "-" | "\u{2013}");
        let letters = reader.words.names.bracketed.get(text(open + 1));
        let Some(id) = letters.filter(|_| text(open) == "(" && closed) else {
            continue;
        };
        let Some(party) = reader.gazetteer.actor(id) else {
            continue;
        };
        // The recogniser may have taken the letters for a name of their own.
        let unknown = |one: &Found| {
            one.words == (open + 1..open + 2) && reader.gazetteer.actor(&one.entity).is_none()
        };
        if reader
            .name_at(at, open + 1)
            .is_some_and(|one| !unknown(one))
        {
            continue;
        }
        reader
            .found
            .retain(|one| one.paragraph != at || one.words != (open + 1..open + 2));
        let span = words[open + 1].span;
        let letters = text(open + 1).to_owned();
        let entity = reader.add_known(party);
        let why = format!("'{letters}' in brackets behind a person is {entity}.");
        reader.found.push(Found {
            paragraph: at,
            words: open + 1..open + 2,
            span,
            entity: Arc::clone(&entity),
            kind: MentionKind::Name,
            why,
        });
    }
}
