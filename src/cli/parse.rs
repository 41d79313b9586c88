//! `kilde parse`: plain text in, CoNLL-U out. A line break ends a paragraph, as everywhere.

use std::{
    io::{self, Read, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};

use super::{Done, args::Parse, work};
use crate::{
    document::Lang,
    pipeline::{Models, in_order},
};

/// Paragraphs that go through the runtime in one go: enough to fill its matrices, few enough that in the end no thread works
/// long while the others have nothing to do.
const BATCH: usize = 32;

pub(super) fn run(args: &Parse) -> Result<Done> {
    let Some(lang) = Lang::from_tag(&args.lang) else {
        bail!("--lang {}: Kilde reads en, nb and nn", args.lang);
    };
    work::use_threads(&args.work)?;
    let models = Models::find(args.work.models.as_deref());
    let model = models.of(lang)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut number = 0;
    for input in &args.inputs {
        let text = read(input)?;
        let paragraphs: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        let stem = input.file_stem().map_or_else(
            || "text".to_owned(),
            |stem| stem.to_string_lossy().into_owned(),
        );
        let stem = if input == Path::new("-") {
            "stdin".to_owned()
        } else {
            stem
        };
        // Written out where it was parsed, so that one thread does not write for all.
        let write = |(first, texts): (usize, &[&str])| {
            let mut written = Vec::new();
            for (number, doc) in (first..).zip(model.pipeline.pipe(texts)) {
                kilde_nlp::conllu::write(&doc, &format!("{stem}-{number}"), &mut written)?;
            }
            Ok(written)
        };
        in_order(
            (number + 1..).step_by(BATCH).zip(paragraphs.chunks(BATCH)),
            |(_, texts)| texts.iter().map(|text| text.len()).sum(),
            write,
            |written: io::Result<Vec<u8>>| out.write_all(&written?),
        )?;
        number += paragraphs.len();
    }
    out.flush()?;
    Ok(if number == 0 {
        Done::Partly
    } else {
        Done::Well
    })
}

fn read(input: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    if input == Path::new("-") {
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .context("standard input")?;
    } else {
        bytes = std::fs::read(input).with_context(|| input.display().to_string())?;
    }
    let name = if input == Path::new("-") {
        "standard input".to_owned()
    } else {
        input.display().to_string()
    };
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].split(|&byte| byte == b'\n').count();
        anyhow::anyhow!("{name}:{line}: not UTF-8 at byte {good}; convert the file first, for instance with iconv")
    })
}
