//! `kilde extract`: articles in, claims out, document by document, in order; no store.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
};

use anyhow::{Context, Result};

use super::{Done, args::Extract, input, terminal::Talk};
use crate::claim::JsonView;

pub(super) fn run(args: &Extract, talk: Talk) -> Result<Done> {
    let knowledge = input::knowledge(&args.reading.knowledge)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut mentions = match &args.mentions {
        Some(path) => Some(BufWriter::new(
            File::create(path).with_context(|| path.display().to_string())?,
        )),
        None => None,
    };
    let mut any = false;
    let refusals = input::read_inputs(
        &args.inputs,
        &args.reading,
        talk,
        &knowledge,
        &mut |_, _, _| true,
        |reading| {
            let view = JsonView::new(&reading.article, &reading.entities, knowledge.ontology());
            for claim in &reading.claims {
                writeln!(out, "{}", view.claim(claim))?;
            }
            if let Some(mentions) = &mut mentions {
                for mention in &reading.mentions {
                    writeln!(mentions, "{}", view.mention(mention))?;
                }
            }
            any = true;
            Ok(())
        },
    )?;
    out.flush()?;
    if let Some(mut mentions) = mentions {
        mentions.flush()?;
    }
    Ok(if any && refusals.count() == 0 {
        Done::Well
    } else {
        Done::Partly
    })
}
