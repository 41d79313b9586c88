//! A report on a graph: sections of tables and plots, in which every number leads to the query that gives it. What is in it
//! is decided here; how it looks, by the writers of Markdown and HTML beside.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{changes, disputes::Dispute};
use crate::{graph::Graph, ontology::Ontology, text::printable};

mod html;
mod markdown;
mod plot;
mod sections;

/// What a report is to hold.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The store as the user names it, for the queries.
    pub store: &'a str,
    /// Further arguments of the queries (`--as-of 2024`), as the user wrote them.
    pub part: &'a str,
    /// How many rows a table has at most.
    pub top: usize,
    /// Says which types are actors.
    pub ontology: &'a Ontology,
}

/// A report, ready to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// The commands that numbers lead to, by number.
    pub queries: Vec<String>,
}

/// A part of a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// What it shows and how it is worked out: a sentence or two.
    pub about: String,
    /// What stands over the columns.
    pub head: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Months with counts, to be drawn.
    pub plot: Option<Plot>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number with so many decimals, and the query that gives it.
    Number(f64, usize, usize),
}

/// Lines over months.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// What it shows.
    pub title: String,
    /// The first month.
    pub first: changes::Month,
    /// Cooperation, conflict and the rest, month by month from the first.
    pub counts: Vec<changes::Count>,
}

impl Report {
    /// The report on a graph that holds denied and other claims too, with the disputes in it.
    #[must_use]
    pub fn of(graph: &Graph, disputes: &[Dispute], options: &Options<'_>) -> Self {
        let mut draft = Draft {
            graph,
            options,
            queries: BTreeMap::new(),
        };
        let sections = sections::all(&mut draft, disputes);
        let mut queries: Vec<(usize, String)> = draft
            .queries
            .into_iter()
            .map(|(command, number)| (number, command))
            .collect();
        queries.sort();
        Self {
            sections,
            queries: queries.into_iter().map(|(_, command)| command).collect(),
        }
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::write(self)
    }

    /// As a page of HTML that needs nothing else.
    #[must_use]
    pub fn html(&self) -> String {
        html::write(self)
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => json!(text),
            Cell::Number(number, decimals, query) => {
                let shown: f64 = format!("{number:.decimals$}").parse().unwrap_or(*number);
                json!({"value": shown, "query": query})
            }
        };
        let sections: Vec<Value> = self
            .sections
            .iter()
            .map(|section| {
                let rows: Vec<Vec<Value>> = section
                    .rows
                    .iter()
                    .map(|row| row.iter().map(cell).collect())
                    .collect();
                json!({"title": section.title, "about": section.about, "head": section.head, "rows": rows})
            })
            .collect();
        json!({"sections": sections, "queries": self.queries})
    }
}

/// A report in the making.
struct Draft<'a> {
    graph: &'a Graph,
    options: &'a Options<'a>,
    queries: BTreeMap<String, usize>,
}

impl Draft<'_> {
    /// The number of a named query with its parameters.
    fn query(&mut self, name: &str, parameters: &[(&str, &str)]) -> usize {
        let mut command = format!(
            "kilde query --store {}{} --named {name}",
            quoted(self.options.store),
            self.options.part
        );
        for (parameter, value) in parameters {
            command += &format!(" --set {parameter}={}", quoted(value));
        }
        self.command(command)
    }

    /// The number of a command.
    fn command(&mut self, command: String) -> usize {
        let next = self.queries.len();
        *self.queries.entry(command).or_insert(next)
    }
}

/// An argument as a shell takes it.
fn quoted(argument: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "-_./@:".contains(character);
    if !argument.is_empty() && argument.chars().all(plain) {
        argument.to_owned()
    } else {
        format!("'{}'", printable(argument).replace('\'', r"'\''"))
    }
}

/// A number as it is shown.
fn shown(number: f64, decimals: usize) -> String {
    format!("{number:.decimals$}")
}
