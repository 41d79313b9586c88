//! The sections of a report, one function each.

use std::cmp::Reverse;

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::{Cell, Draft, Plot, Section};
use crate::{
    analyse::{
        Balance, balance, centrality, changes, communities,
        disputes::{Dispute, Kind, Side},
        measures::Centrality,
        modularity, paths,
        ties::Ties,
    },
    claim::Polarity,
    graph::Source,
};

/// Actors whose months are drawn.
const DRAWN: usize = 4;
/// Actors between whom ways are shown.
const CONNECTED: usize = 3;
/// Steps of a way at most.
const STEPS: usize = 3;

/// All sections, in order.
pub(super) fn all(draft: &mut Draft<'_>, disputes: &[Dispute]) -> Vec<Section> {
    let ties = Ties::of(draft.graph);
    let central = centrality(&ties);
    let main = main_actors(draft, &central);
    let mut sections = vec![
        overview(draft, &ties),
        actors(draft, &main, &central),
        groups(draft, &ties, &central),
    ];
    let balance = balance(&ties, draft.options.top);
    sections.extend(sides(draft, &ties, &balance));
    sections.push(triangles(draft, &ties, &balance));
    sections.push(connections(draft, &main));
    sections.extend(months(draft, &main));
    sections.extend(trends(draft));
    sections.push(disagreements(draft, disputes));
    sections
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn count(number: usize, query: usize) -> Cell {
    Cell::Number(number as f64, 0, query)
}

/// The actors with the most PageRank; places and agreements are none.
fn main_actors(draft: &Draft<'_>, central: &[Centrality]) -> Vec<NodeIndex> {
    let is_actor = |node: &NodeIndex| {
        let kind = &draft.graph[*node].kind;
        draft.options.ontology.is_a(kind, "Actor") && central[node.index()].degree > 0
    };
    let mut actors: Vec<NodeIndex> = draft.graph.node_indices().filter(is_actor).collect();
    actors.sort_by(|one, other| {
        let rank = |node: &NodeIndex| central[node.index()].page_rank;
        rank(other).total_cmp(&rank(one)).then(one.cmp(other))
    });
    actors.truncate(draft.options.top);
    actors
}

fn overview(draft: &mut Draft<'_>, ties: &Ties) -> Section {
    let graph = draft.graph;
    let claims: usize = graph.edge_weights().map(|edge| edge.sources.len()).sum();
    let standing: usize = ties.pairs.values().map(|tie| tie.claims).sum();
    let plain = graph.edge_weights().filter(|edge| edge.plain).count();
    let with_ties = ties
        .neighbours
        .iter()
        .filter(|list| !list.is_empty())
        .count();
    let all = draft.command(format!(
        "kilde claims --store {}{}",
        super::quoted(draft.options.store),
        draft.options.part
    ));
    let edges = draft.query("edges", &[]);
    let pairs = draft.query("ties", &[]);
    let documents: std::collections::BTreeSet<&str> = graph
        .edge_weights()
        .flat_map(|edge| &edge.sources)
        .map(|source| &*source.document)
        .collect();
    let read = draft.query("documents", &[]);
    let about = changes::period(graph).map_or_else(
        || "No claim says when it happened or was reported.".to_owned(),
        |period| {
            format!(
                "The claims tell of {} to {}.",
                changes::name(period.first),
                changes::name(period.last)
            )
        },
    );
    let row = |what: &str, number: usize, query: usize| vec![text(what), count(number, query)];
    Section {
        title: "At a glance".to_owned(),
        about,
        head: vec!["", "number"],
        rows: vec![
            row("documents with claims", documents.len(), read),
            row("claims", claims, all),
            row("claims told as fact", standing, pairs),
            row("edges that stand", plain, edges),
            row("actors and places on them", with_ties, pairs),
        ],
        plot: None,
    }
}

fn actors(draft: &mut Draft<'_>, main: &[NodeIndex], central: &[Centrality]) -> Section {
    let pairs = draft.query("ties", &[]);
    let rows = main
        .iter()
        .map(|&node| {
            let (actor, own) = (&draft.graph[node], central[node.index()]);
            let id = actor.id.to_string();
            let near = draft.query("neighbours", &[("actor", &id)]);
            vec![
                text(&actor.label),
                text(&actor.kind),
                count(own.degree, near),
                count(own.claims, near),
                Cell::Number(own.page_rank, 4, pairs),
                Cell::Number(own.betweenness, 4, pairs),
            ]
        })
        .collect();
    Section {
        title: "The main actors".to_owned(),
        about: "By PageRank: an actor counts for more, the more those count that it has to do with. Degree is how many it has \
                to do with, betweenness the share of the shortest ways between two others that lead over it. PageRank and \
                betweenness are worked out from all ties."
            .to_owned(),
        head: vec!["actor", "type", "degree", "claims", "PageRank", "betweenness"],
        rows,
        plot: None,
    }
}

fn groups(draft: &mut Draft<'_>, ties: &Ties, central: &[Centrality]) -> Section {
    let member = communities(ties);
    let share = modularity(ties, &member);
    let pairs = draft.query("ties", &[]);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (actor, group) in member.into_iter().enumerate() {
        if ties.neighbours[actor].is_empty() {
            continue;
        }
        if groups.len() <= group {
            groups.resize(group + 1, Vec::new());
        }
        groups[group].push(actor);
    }
    groups.retain(|group| !group.is_empty());
    let found = groups.len();
    let rows = groups
        .into_iter()
        .take(draft.options.top)
        .map(|mut group| {
            let size = group.len();
            group.sort_by_key(|&actor| (Reverse(central[actor].claims), actor));
            let names: Vec<&str> = group
                .iter()
                .take(8)
                .map(|&actor| draft.graph[NodeIndex::new(actor)].label.as_str())
                .collect();
            let more = if size > names.len() { " …" } else { "" };
            vec![
                count(size, pairs),
                text(&format!("{}{more}", names.join(", "))),
            ]
        })
        .collect();
    Section {
        title: "Communities".to_owned(),
        about: format!(
            "Actors and places that have more to do with each other than with the rest (Louvain): {found} in all, with a \
             modularity of {share:.3}. Those with the most claims are named."
        ),
        head: vec!["members", "among them"],
        rows,
        plot: None,
    }
}

/// Who is with and who is against whom.
fn sides(draft: &mut Draft<'_>, ties: &Ties, found: &Balance) -> Vec<Section> {
    let mut signed: Vec<((usize, usize), i64)> = ties
        .pairs
        .iter()
        .map(|(&pair, tie)| (pair, tie.balance()))
        .collect();
    let top = draft.options.top;
    signed.sort_by_key(|&(pair, sign)| (Reverse(sign), pair));
    let with = signed.iter().filter(|(_, sign)| *sign > 0);
    let with = with.take(top).map(|(pair, _)| *pair).collect();
    signed.sort_by_key(|&(pair, sign)| (sign, pair));
    let against = signed.iter().filter(|(_, sign)| *sign < 0);
    let against = against.take(top).map(|(pair, _)| *pair).collect();
    let mut table = |title: &str, about: String, chosen: Vec<(usize, usize)>| {
        let rows = chosen
            .into_iter()
            .map(|(one, other)| {
                let tie = ties.between(one, other);
                let (one, other) = (NodeIndex::new(one), NodeIndex::new(other));
                let query = between(draft, one, other);
                vec![
                    text(&draft.graph[one].label),
                    text(&draft.graph[other].label),
                    count(tie.cooperation, query),
                    count(tie.conflict, query),
                ]
            })
            .collect();
        Section {
            title: title.to_owned(),
            about,
            head: vec!["one", "other", "cooperation", "conflict"],
            rows,
            plot: None,
        }
    };
    vec![
        table(
            "Who is with whom",
            format!(
                "{} pairs have more claims of cooperation than of conflict.",
                found.with
            ),
            with,
        ),
        table(
            "Who is against whom",
            format!(
                "{} pairs have more claims of conflict than of cooperation.",
                found.against
            ),
            against,
        ),
    ]
}

fn triangles(draft: &mut Draft<'_>, ties: &Ties, found: &Balance) -> Section {
    let rows = found
        .unfit
        .iter()
        .map(|one| {
            let [a, b, c] = one.actors.map(NodeIndex::new);
            let mut row = vec![text(
                &[a, b, c]
                    .map(|node| draft.graph[node].label.clone())
                    .join(", "),
            )];
            for (one, other) in [(a, b), (b, c), (a, c)] {
                let query = between(draft, one, other);
                let sign = ties.between(one.index(), other.index()).balance();
                #[expect(clippy::cast_precision_loss, reason = "small numbers")]
                row.push(Cell::Number(sign as f64, 0, query));
            }
            row
        })
        .collect();
    Section {
        title: "Triangles that do not fit".to_owned(),
        about: format!(
            "A friend's friend who is an enemy, or three enemies of one another: {} triangles of {} do not fit. The numbers are \
             claims of cooperation less those of conflict, between the first and second, second and third, first and third.",
            found.unfit_count,
            found.unfit_count + found.fitting
        ),
        head: vec!["actors", "1–2", "2–3", "1–3"],
        rows,
        plot: None,
    }
}

/// How the main actors are connected, with the words.
fn connections(draft: &mut Draft<'_>, main: &[NodeIndex]) -> Section {
    let mut rows = Vec::new();
    let plain = draft
        .graph
        .filter_map(|_, node| Some(node), |_, edge| edge.plain.then_some(edge));
    let main = &main[..main.len().min(CONNECTED)];
    for (at, &one) in main.iter().enumerate() {
        for &other in &main[at + 1..] {
            for way in paths::ways(&plain, one, other, STEPS, 1) {
                let command = format!(
                    "kilde path {} {} --store {}{} --max {STEPS}",
                    super::quoted(&draft.graph[one].id),
                    super::quoted(&draft.graph[other].id),
                    super::quoted(draft.options.store),
                    draft.options.part
                );
                let query = draft.command(command);
                let names: Vec<&str> = way
                    .actors
                    .iter()
                    .map(|&node| plain[node].label.as_str())
                    .collect();
                let quotes: Vec<String> = way
                    .steps
                    .iter()
                    .filter_map(|step| plain[*step.first()?].sources.iter().find(|one| one.stands))
                    .map(|source| format!("«{}» ({})", source.quote, source.document))
                    .collect();
                rows.push(vec![
                    text(&names.join(" – ")),
                    count(way.steps.len(), query),
                    text(&quotes.join("; ")),
                ]);
            }
        }
    }
    Section {
        title: "How the main actors are connected".to_owned(),
        about: "The shortest way between each two, with the words of its steps.".to_owned(),
        head: vec!["way", "steps", "words"],
        rows,
        plot: None,
    }
}

/// Cooperation and conflict by month: of all, then of the main actors.
fn months(draft: &mut Draft<'_>, main: &[NodeIndex]) -> Vec<Section> {
    let whom: Vec<Option<NodeIndex>> = std::iter::once(None)
        .chain(main.iter().take(DRAWN).map(|&node| Some(node)))
        .collect();
    whom.into_iter()
        .map(|actor| {
            let counts = changes::by_month(draft.graph, actor);
            let name = actor.map_or("All actors", |node| draft.graph[node].label.as_str());
            let title = format!("{name}, by month");
            let query = match actor {
                None => draft.query("months", &[]),
                Some(node) => {
                    let id = draft.graph[node].id.to_string();
                    draft.query("months", &[("actor", &id)])
                }
            };
            let first = counts.keys().next().copied();
            let last = counts.keys().next_back().copied();
            let plot = first.zip(last).map(|(first, last)| Plot {
                title: title.clone(),
                first,
                counts: (first..=last)
                    .map(|month| counts.get(&month).copied().unwrap_or_default())
                    .collect(),
            });
            // The latest months are the ones that are read.
            let latest = counts.iter().rev().take(draft.options.top);
            let mut rows: Vec<Vec<Cell>> = latest
                .map(|(&month, one)| {
                    vec![
                        text(&changes::name(month)),
                        count(one.cooperation, query),
                        count(one.conflict, query),
                        count(one.other, query),
                    ]
                })
                .collect();
            rows.reverse();
            Section {
                title,
                about: String::new(),
                head: vec!["month", "cooperation", "conflict", "other"],
                rows,
                plot,
            }
        })
        .collect()
}

fn trends(draft: &mut Draft<'_>) -> Vec<Section> {
    let Some(period) = changes::period(draft.graph) else {
        return Vec::new();
    };
    let (rising, falling) = changes::trends(draft.graph, period, draft.options.top);
    let about = format!(
        "Claims a month since {}, compared with the months before.",
        changes::name(period.latest)
    );
    let mut table = |title: &str, trends: Vec<changes::Trend>| {
        let rows = trends
            .into_iter()
            .map(|trend| {
                let (one, other) = ends(draft, trend.edge);
                let query = between(draft, one, other);
                vec![
                    text(&draft.graph[one].label),
                    text(&draft.graph[trend.edge].label),
                    text(&draft.graph[other].label),
                    Cell::Number(trend.before, 3, query),
                    Cell::Number(trend.lately, 3, query),
                ]
            })
            .collect();
        Section {
            title: title.to_owned(),
            about: about.clone(),
            head: vec!["subject", "relation", "object", "before", "lately"],
            rows,
            plot: None,
        }
    };
    vec![
        table("Edges that rise", rising),
        table("Edges that fall", falling),
    ]
}

fn disagreements(draft: &mut Draft<'_>, disputes: &[Dispute]) -> Section {
    let command = format!(
        "kilde disputes --store {}{}",
        super::quoted(draft.options.store),
        draft.options.part
    );
    let all = draft.command(command);
    let rows = disputes
        .iter()
        .take(draft.options.top)
        .flat_map(|dispute| {
            let kind = match dispute.kind {
                Kind::Denied => "affirmed and denied",
                Kind::Incompatible => "not both at once",
            };
            let row = |side: &Side| {
                let quote = side.sources.first().map(quoted_words).unwrap_or_default();
                let says = match side.polarity {
                    Polarity::Positive => "yes",
                    Polarity::Negative => "no",
                };
                vec![
                    text(kind),
                    text(&format!(
                        "{} {} {}",
                        draft.graph[side.subject].label,
                        side.relation,
                        draft.graph[side.object].label
                    )),
                    text(says),
                    count(side.independent, all),
                    text(&quote),
                ]
            };
            dispute.sides.iter().map(row).collect::<Vec<_>>()
        })
        .collect();
    Section {
        title: "Disputes".to_owned(),
        about: format!(
            "What some affirm and others deny, and what cannot both be so: {} in all. Near-copies count as one source.",
            disputes.len()
        ),
        head: vec!["kind", "claim", "side", "independent sources", "words"],
        rows,
        plot: None,
    }
}

fn quoted_words(source: &Source) -> String {
    let speaker = source.speaker.as_deref().unwrap_or("the text itself");
    format!("«{}» ({speaker}, in {})", source.quote, source.document)
}

fn between(draft: &mut Draft<'_>, one: NodeIndex, other: NodeIndex) -> usize {
    let (a, b) = (
        draft.graph[one].id.to_string(),
        draft.graph[other].id.to_string(),
    );
    draft.query("between", &[("a", &a), ("b", &b)])
}

fn ends(draft: &Draft<'_>, edge: EdgeIndex) -> (NodeIndex, NodeIndex) {
    draft.graph.edge_endpoints(edge).unwrap_or_default()
}
