//! `kilde why-merged`: whether two names are taken for one actor, and by which rule.

use std::io::{self, Write};

use anyhow::Result;
use serde_json::json;

use super::{Done, args::WhyMerged, input};
use crate::{link::why_merged, text::printable};

pub(super) fn run(args: &WhyMerged) -> Result<Done> {
    let knowledge = input::knowledge(&args.knowledge)?;
    let [one, other] = [&args.one, &args.other];
    let found = why_merged(one, other, &knowledge.gazetteer, &knowledge.identities);
    let mut out = io::stdout().lock();
    if args.json {
        let line = json!({"names": [one, other], "ids": found.ids, "same": found.same, "reasons": found.reasons});
        writeln!(out, "{line}")?;
    } else {
        let verdict = if found.same {
            format!("One actor: {}", found.ids[0])
        } else {
            format!("Two actors: {} and {}", found.ids[0], found.ids[1])
        };
        writeln!(out, "{}", printable(&verdict))?;
        for reason in &found.reasons {
            writeln!(out, "  {}", printable(reason))?;
        }
    }
    Ok(if found.same { Done::Well } else { Done::Partly })
}
