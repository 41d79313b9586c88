//! `kilde push`: keeps another SPARQL store in step.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;

use super::{Done, args::Push, progress, terminal::Talk};
use crate::{
    push::{Options, Protocol, Remote, push},
    store::Store,
};

/// Where the password stands.
const PASSWORD: &str = "KILDE_PASSWORD";

pub(super) fn run(args: &Push, talk: Talk) -> Result<Done> {
    if !args.endpoint.starts_with("http://") && !args.endpoint.starts_with("https://") {
        bail!(
            "--endpoint {}: write an address that begins with http:// or https://",
            args.endpoint
        );
    }
    let protocol = if args.update {
        Protocol::Update
    } else {
        Protocol::GraphStore
    };
    let default_graph = args
        .default_graph
        .as_deref()
        .map(oxigraph::model::NamedNode::new);
    let default_graph = default_graph
        .transpose()
        .context("--default-graph is no IRI")?;
    let password = match &args.user {
        None => None,
        Some(name) => {
            let password = std::env::var(PASSWORD);
            let password = password
                .with_context(|| format!("--user {name}: put the password into {PASSWORD}"))?;
            Some((name.as_str(), password))
        }
    };
    let user = password
        .as_ref()
        .map(|(name, password)| (*name, password.as_str()));
    let Ok(timeout) = Duration::try_from_secs_f64(args.timeout) else {
        bail!(
            "--timeout {}: write a number of seconds above 0",
            args.timeout
        );
    };
    let remote = Remote::new(&args.endpoint, protocol, timeout, user);
    let options = Options {
        everything: args.everything,
        default_graph,
        retries: args.retries,
        pause: Duration::from_millis(500),
    };
    let store = Store::open(&args.store.store)?;
    let bar: ProgressBar = progress::bar(talk, 1);
    bar.set_style(indicatif::ProgressStyle::default_bar());
    let pushed = push(&store, &remote, &options, |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    })?;
    bar.finish_and_clear();
    talk.note(&format!(
        "{} graphs sent, {} dropped, {} unchanged",
        pushed.sent, pushed.dropped, pushed.unchanged
    ));
    Ok(Done::Well)
}
