//! SVG, drawn by Graphviz if `dot` is installed, else by the program's own plain layout. The caller learns which, and why.

use std::{
    io::{self, Read, Write},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{ExportError, Picture, dot, layout, placed, plain, scene::Scene};
use crate::graph::Graph;

/// How long Graphviz may take before the plain layout is drawn instead.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Who drew a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// Graphviz.
    Graphviz,
    /// The plain layout.
    Plain {
        /// Why not Graphviz: a phrase for people.
        reason: String,
    },
}

/// Writes the graph as SVG. `program` is Graphviz's `dot`, by name or path; it may take up to `patience`.
///
/// # Errors
/// If the output cannot be written. That Graphviz is missing or fails is no error.
pub fn write(
    graph: &Graph,
    picture: &Picture<'_>,
    program: &str,
    patience: Duration,
    out: &mut impl Write,
) -> Result<Drawn, ExportError> {
    let drawn = draw(graph, picture, program, "-Tsvg", patience)?.and_then(|svg| {
        let whole = svg.trim_ascii_end().ends_with(b"</svg>");
        whole
            .then_some(svg)
            .ok_or_else(|| format!("{program} failed: it left the picture unfinished"))
    });
    match drawn {
        Ok(svg) => {
            out.write_all(&svg)?;
            Ok(Drawn::Graphviz)
        }
        Err(reason) => {
            out.write_all(plain::draw(graph, picture).as_bytes())?;
            Ok(Drawn::Plain { reason })
        }
    }
}

/// Has Graphviz lay a graph out and draw it in the format that `option` names; what keeps it from doing so, if anything. Few
/// actors stand best in ranks from left to right, which leave room for the words by themselves; of more, Graphviz places
/// the actors, and lines and words find their places here.
pub(super) fn draw(
    graph: &Graph,
    picture: &Picture<'_>,
    program: &str,
    option: &str,
    patience: Duration,
) -> io::Result<Result<Vec<u8>, String>> {
    let start = Instant::now();
    let mut source = Vec::new();
    if dot::is_ranked(graph) {
        dot::write(graph, picture, &mut source)?;
        return Ok(run(program, &[option], source, patience));
    }
    let mut scene = Scene::of(graph, picture);
    let places = match layout::places(&scene, program, patience) {
        Ok(places) => places,
        Err(reason) => return Ok(Err(reason)),
    };
    scene.place(&places);
    placed::write(graph, &scene, picture, &mut source)?;
    let left = patience.saturating_sub(start.elapsed());
    Ok(run(program, &["-Kneato", "-n2", option], source, left))
}

/// Runs Graphviz on a file; what keeps it from doing what it should, if anything.
pub(super) fn run(
    program: &str,
    options: &[&str],
    source: Vec<u8>,
    patience: Duration,
) -> Result<Vec<u8>, String> {
    let mut child = Command::new(program)
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("Graphviz is not installed ({program} not found)"),
            _ => format!("{program} does not start: {error}"),
        })?;
    let input = child.stdin.take();
    // Each pipe has its own thread, so that none of them fills up while another is waited for.
    thread::spawn(move || input.map(|mut pipe| pipe.write_all(&source)));
    let output = read_all(child.stdout.take());
    let complaints = read_all(child.stderr.take());
    let done = wait(&mut child, patience);
    let svg = output.join().unwrap_or_default();
    let complaints = complaints.join().unwrap_or_default();
    let complaint = String::from_utf8_lossy(&complaints);
    let complaint = complaint.lines().next().unwrap_or("no word why");
    match done {
        Ok(true) if !svg.is_empty() => Ok(svg),
        Ok(_) => Err(format!("{program} failed: {complaint}")),
        Err(reason) => Err(format!("{program} {reason}")),
    }
}

fn read_all(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // A broken pipe shows in what the process returns.
            let _ = pipe.read_to_end(&mut bytes);
        }
        bytes
    })
}

/// Whether the process succeeded; it is killed when patience ends.
fn wait(child: &mut Child, patience: Duration) -> Result<bool, String> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(2);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if start.elapsed() < patience => thread::sleep(pause),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!(
                    "was stopped after {} seconds",
                    patience.as_secs_f64()
                ));
            }
            Err(error) => return Err(format!("cannot be waited for: {error}")),
        }
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}
