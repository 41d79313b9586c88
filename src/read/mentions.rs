//! Mentions that the input brings along: checked against the text and translated from code points to bytes.
//! They may stand inside one another, or share a span (a phrase that names two), but not cross.

use serde_json::Value;

use super::{
    decode,
    error::{Place, Problem, ReadError},
    fields::sort_of,
};
use crate::{
    document::GivenMention,
    text::{CodePoints, Span},
};

/// A mention as given, in code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawMention {
    start: usize,
    end: usize,
    id: String,
    kind: Option<String>,
}

/// Reads the field `mentions`; `null` is as good as absent.
pub(super) fn parse(value: Value, place: &Place) -> Result<Option<Vec<RawMention>>, ReadError> {
    match value {
        Value::Null => Ok(None),
        Value::Array(items) => {
            let numbered = items.iter().zip(1..);
            let parsed = numbered.map(|(item, number)| parse_one(item, number, place));
            parsed.collect::<Result<_, _>>().map(Some)
        }
        other => Err(place.error(Problem::Field {
            name: "mentions".into(),
            found: sort_of(&other),
        })),
    }
}

/// The mentions in bytes into `text`, sorted, outer before inner.
pub(super) fn check(
    raw: &[RawMention],
    text: &str,
    place: &Place,
) -> Result<Vec<GivenMention>, ReadError> {
    let points = CodePoints::new(text);
    let mut mentions = Vec::with_capacity(raw.len());
    for (mention, number) in raw.iter().zip(1..) {
        let span = points
            .bytes(mention.start, mention.end)
            .filter(|span| !span.is_empty());
        let span = span.ok_or_else(|| {
            let message = format!(
                "{}..{} is no stretch of the text, which has {} code points",
                mention.start,
                mention.end,
                text.chars().count()
            );
            bad(number, message, place)
        })?;
        let (id, kind) = (mention.id.clone(), mention.kind.clone());
        mentions.push((number, GivenMention { span, id, kind }));
    }
    mentions.sort_by(|(_, one), (_, other)| order(one).cmp(&order(other)));
    refuse_crossing(&mentions, place)?;
    Ok(mentions.into_iter().map(|(_, mention)| mention).collect())
}

/// Line ends of the text made LF, and the mentions moved along with their words.
pub(super) fn unify_line_ends(
    text: String,
    mentions: Option<Vec<GivenMention>>,
) -> (String, Option<Vec<GivenMention>>) {
    let mentions = mentions.map(|mut mentions| {
        // What is taken off before a place: the byte order mark and each CR that an LF follows.
        let removed = removed(&text);
        let moved = |at: usize| at - removed.partition_point(|&byte| byte < at);
        for mention in &mut mentions {
            mention.span = Span::new(moved(mention.span.start), moved(mention.span.end));
        }
        mentions
    });
    (decode::unify_line_ends(text), mentions)
}

fn removed(text: &str) -> Vec<usize> {
    let mark = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let returns = text.match_indices("\r\n").map(|(at, _)| at);
    (0..mark).chain(returns).collect()
}

fn parse_one(item: &Value, number: usize, place: &Place) -> Result<RawMention, ReadError> {
    let offset = |name: &str| {
        let offset = item.get(name).and_then(Value::as_u64);
        offset
            .and_then(|offset| usize::try_from(offset).ok())
            .ok_or_else(|| {
                bad(
                    number,
                    format!("\"{name}\" must be a number of code points, from 0"),
                    place,
                )
            })
    };
    let word = |name: &str| match item.get(name) {
        Some(Value::String(word)) => Some(word.trim().to_owned()).filter(|word| !word.is_empty()),
        Some(Value::Number(word)) => Some(word.to_string()),
        _ => None,
    };
    Ok(RawMention {
        start: offset("start")?,
        end: offset("end")?,
        id: word("id").ok_or_else(|| bad(number, "\"id\" must name the entity".into(), place))?,
        kind: word("type"),
    })
}

fn order(mention: &GivenMention) -> (usize, std::cmp::Reverse<usize>, &str) {
    (
        mention.span.start,
        std::cmp::Reverse(mention.span.end),
        &mention.id,
    )
}

/// `mentions` are sorted; those that are open at a place lie inside one another.
fn refuse_crossing(mentions: &[(usize, GivenMention)], place: &Place) -> Result<(), ReadError> {
    let mut open: Vec<Span> = Vec::new();
    for (number, mention) in mentions {
        let span = mention.span;
        open.retain(|outer| outer.end > span.start);
        if open.last().is_some_and(|outer| !outer.contains(span)) {
            let message =
                "it crosses another mention; let one lie inside the other, or leave one out"
                    .to_owned();
            return Err(bad(*number, message, place));
        }
        open.push(span);
    }
    Ok(())
}

fn bad(number: usize, message: String, place: &Place) -> ReadError {
    place.error(Problem::Mention { number, message })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::*;

    fn read(text: &str, mentions: Value) -> Result<Vec<(String, String)>, ReadError> {
        let place = Place::of(Path::new("a.json"));
        let raw = parse(mentions, &place)?.unwrap_or_default();
        let mentions = check(&raw, text, &place)?;
        let (text, mentions) = unify_line_ends(text.to_owned(), Some(mentions));
        let words = |mention: GivenMention| (mention.span.slice(&text).to_owned(), mention.id);
        Ok(mentions
            .unwrap_or_default()
            .into_iter()
            .map(words)
            .collect())
    }

    #[track_caller]
    fn check_refused(mentions: Value, message: &str) {
        let error = read("Støre møtte Abbas.", mentions).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    }

    #[test]
    fn offsets_are_code_points() {
        let mentions = json!([{"start": 12, "end": 17, "id": "abbas"}, {"start": 0, "end": 5, "id": 7, "type": "Person"}]);
        let expected = [
            ("Støre".into(), "7".into()),
            ("Abbas".into(), "abbas".into()),
        ];
        assert_eq!(read("Støre møtte Abbas.", mentions).unwrap(), expected);
    }

    #[test]
    fn line_ends_move_no_mention() {
        let mentions =
            json!([{"start": 7, "end": 10, "id": "a"}, {"start": 1, "end": 4, "id": "b"}]);
        let expected = [("Éna".into(), "b".into()), ("to\n".into(), "a".into())];
        assert_eq!(
            read("\u{feff}Éna\r\n\rto\rtre", mentions).unwrap(),
            expected
        );
    }

    #[test]
    fn mentions_may_nest_but_not_cross() {
        let nested = json!([{"start": 0, "end": 11, "id": "a"}, {"start": 0, "end": 5, "id": "b"}, {"start": 0, "end": 5, "id": "c"}]);
        assert_eq!(read("Støre møtte Abbas.", nested).unwrap().len(), 3);
        check_refused(
            json!([{"start": 0, "end": 11, "id": "a"}, {"start": 6, "end": 17, "id": "b"}]),
            "mention 2: it crosses",
        );
    }

    #[test]
    fn bad_mentions_are_refused() {
        check_refused(
            json!([{"start": 0, "end": 99, "id": "a"}]),
            "0..99 is no stretch of the text, which has 18",
        );
        check_refused(
            json!([{"start": 5, "end": 5, "id": "a"}]),
            "5..5 is no stretch",
        );
        check_refused(
            json!([{"start": -1, "end": 5, "id": "a"}]),
            "mention 1: \"start\" must be",
        );
        check_refused(json!([{"start": 0, "end": 5}]), "\"id\" must name");
        check_refused(json!([7]), "mention 1");
        check_refused(json!("x"), "\"mentions\" holds a string");
        check_refused(
            json!([{"start": 1e30, "end": 5, "id": "a"}]),
            "\"start\" must be",
        );
    }
}
