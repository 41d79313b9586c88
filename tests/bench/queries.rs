//! How long the named queries take on a store, warm: each is asked once, then measured, with the actors given and, where it
//! needs none, also without. A line of JSON for each, with the median and the least in milliseconds, and the median of the
//! processor's time, which other work on the machine blurs less.
//!
//!     queries STORE ACTOR OTHER [TIMES]

use std::{collections::BTreeMap, error::Error, io::Write, path::Path, time::Instant};

use kilde::{
    query::{NamedQueries, Options, ParameterKind, ask_named},
    store::Store,
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, actor, other, times) = match &*arguments {
        [folder, actor, other] => (folder, actor, other, 50),
        [folder, actor, other, times] => (folder, actor, other, times.parse()?),
        _ => return Err("write: queries STORE ACTOR OTHER [TIMES]".into()),
    };
    let store = Store::open(Path::new(folder))?;
    let started = Instant::now();
    let index = store.index()?;
    let open = started.elapsed().as_secs_f64() * 1000.0;
    let mut out = std::io::stdout();
    writeln!(out, "{{\"opening\":{open:.1}}}")?;
    for query in NamedQueries::embedded().iter() {
        let mut values = BTreeMap::new();
        for one in &query.parameters {
            let value = match (one.kind, &*one.name) {
                (ParameterKind::Entity, "object") => other,
                (ParameterKind::Entity, _) => actor,
                (ParameterKind::Relation, _) if one.required => "consultsWith",
                _ => continue,
            };
            values.insert(one.name.clone(), value.to_owned());
        }
        let whole = query
            .parameters
            .iter()
            .all(|one| one.kind != ParameterKind::Entity || !one.required);
        let mut ways = vec![values.clone()];
        if whole && !values.is_empty() {
            ways.push(BTreeMap::new());
        }
        for values in ways {
            let ask = || {
                ask_named(
                    &index,
                    store.base(),
                    store.ontology(),
                    query,
                    &values,
                    &Options::default(),
                )
            };
            let rows = ask()?.len();
            let (mut took, mut busy) = (Vec::new(), Vec::new());
            let all = Instant::now();
            while took.len() < times && (took.is_empty() || all.elapsed().as_secs() < 20) {
                let (started, before) = (Instant::now(), processor());
                ask()?;
                took.push(started.elapsed().as_secs_f64() * 1000.0);
                busy.push(processor() - before);
            }
            took.sort_by(f64::total_cmp);
            busy.sort_by(f64::total_cmp);
            let busy = busy[busy.len() / 2];
            let (name, median, least) = (&query.name, took[took.len() / 2], took[0]);
            let named = !values.is_empty();
            writeln!(
                out,
                "{{\"query\":\"{name}\",\"actor\":{named},\"rows\":{rows},\"median\":{median:.1},\"least\":{least:.1},\"processor\":{busy:.1}}}"
            )?;
        }
    }
    Ok(())
}

/// Milliseconds that this thread has had a processor; 0 where the system does not tell.
fn processor() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|one| one.parse().ok());
    nanoseconds.unwrap_or(0.0) / 1e6
}
