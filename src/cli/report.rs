//! `kilde report`: the main actors, who is with and against whom, what changed; as Markdown, HTML or JSON.

use anyhow::{Result, bail};

use super::{
    Done,
    args::{Part, Report as Args},
    disputes, output,
};
use crate::{
    analyse::report::{Options, Report},
    query::{Filter, View},
    store::{During, Store},
};

pub(super) fn run(args: &Args) -> Result<Done> {
    let extension = args
        .output
        .extension()
        .map(|end| end.to_string_lossy().into_owned());
    let format = args
        .format
        .clone()
        .or(extension)
        .unwrap_or_else(|| "md".to_owned());
    let write: fn(&Report) -> String = match format.to_ascii_lowercase().as_str() {
        "md" | "markdown" => Report::markdown,
        "html" | "htm" => Report::html,
        "json" => |report| format!("{}\n", report.json()),
        _ => bail!("'{format}' is no format of reports; write md, html or json"),
    };
    let store = Store::open(&args.store.store)?.with_scope(args.part.scope())?;
    let view = View::of_store(&store)?;
    let graph = view.graph(&Filter {
        lang: args.labels.clone(),
        ..Filter::default()
    });
    // To free a million claims one after the other takes seconds: meanwhile something else can be done.
    rayon::spawn(move || drop(view));
    let disputes = disputes::of_graph(&graph, &store)?;
    let report = Report::of(
        &graph,
        &disputes,
        &Options {
            store: &args.store.store.to_string_lossy(),
            part: &part(&args.part),
            top: args.top,
            ontology: store.ontology(),
        },
    );
    output::to(&args.output, |out| {
        Ok(out.write_all(write(&report).as_bytes())?)
    })?;
    // The program ends here, and all of it is free at once.
    std::mem::forget((graph, disputes));
    Ok(Done::Well)
}

/// The arguments that say which part of a store, as a user writes them.
fn part(part: &Part) -> String {
    let mut text = String::new();
    if let Some(date) = part.as_of {
        text += &format!(" --as-of {date}");
    }
    if let Some(During { from, to }) = part.during {
        let end = |date: Option<crate::document::PartialDate>| {
            date.map_or(String::new(), |date| date.to_string())
        };
        text += &format!(" --during {}..{}", end(from), end(to));
    }
    text
}
