//! Measures how fast a pipeline annotates plain text, one paragraph per line.
//! Usage: `throughput PIPELINE_FOLDER THREADS < text`: prints a JSON object with words, tokens, and the seconds of processor and
//! of the clock that annotating took, loading left aside. Processor time is read from `/proc`, so this is for Linux.

use std::env;
use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use kilde_nlp::Pipeline;

/// Paragraphs that are annotated at once.
const BATCH: usize = 64;
/// Clock ticks in a second, as the kernel reports times.
const TICKS: f64 = 100.0;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, threads] = arguments.as_slice() else {
        return Err("usage: throughput PIPELINE_FOLDER THREADS < text".into());
    };
    let started = Instant::now();
    let pipeline = Pipeline::load(Path::new(folder))?;
    let load = started.elapsed().as_secs_f64();
    let text = io::read_to_string(io::stdin())?;
    let paragraphs: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let words: usize = paragraphs
        .iter()
        .map(|line| line.split_whitespace().count())
        .sum();
    let (processor, started) = (processor_seconds()?, Instant::now());
    let tokens = annotate(&pipeline, &paragraphs, threads.parse()?);
    let (processor, clock) = (
        processor_seconds()? - processor,
        started.elapsed().as_secs_f64(),
    );
    println!(
        r#"{{"load": {load:.3}, "words": {words}, "tokens": {tokens}, "processor": {processor:.2}, "clock": {clock:.3}}}"#
    );
    Ok(())
}

/// Annotates all paragraphs and gives the number of tokens.
fn annotate(pipeline: &Pipeline, paragraphs: &[&str], threads: usize) -> usize {
    let (next, tokens) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                loop {
                    let batch = next.fetch_add(1, Ordering::Relaxed);
                    let Some(batch) = paragraphs.chunks(BATCH).nth(batch) else {
                        break;
                    };
                    let docs = pipeline.pipe(batch);
                    let count = docs.iter().map(|doc| doc.tokens.len()).sum();
                    tokens.fetch_add(count, Ordering::Relaxed);
                }
            });
        }
    });
    tokens.into_inner()
}

/// Seconds that this process has spent on processors, its own and the system's on its behalf.
fn processor_seconds() -> Result<f64, Box<dyn Error>> {
    let line = fs::read_to_string("/proc/self/stat")?;
    let fields = line.rsplit_once(") ").ok_or("no process line")?.1;
    let times = fields.split(' ').skip(11).take(2);
    let ticks: u64 = times.map(|ticks| ticks.parse().unwrap_or(0)).sum();
    Ok(ticks as f64 / TICKS)
}
