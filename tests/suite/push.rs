//! Another store kept in step, over a real socket: a small server that keeps graphs, and can be told to fail.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use kilde::{
    push::{Options, Protocol, PushError, Pushed, Remote, push},
    store::Store,
};

use crate::{
    sample::short,
    world::{stored, world},
};

/// What the server holds, and how it is to behave.
#[derive(Default)]
struct State {
    graphs: BTreeMap<String, String>,
    updates: Vec<String>,
    requests: usize,
    /// Requests from this one on fail, so many of them.
    failing: Option<(usize, usize, Failure)>,
}

#[derive(Clone, Copy)]
enum Failure {
    Busy,
    HangUp,
    Forbidden,
}

struct Server {
    address: String,
    state: Arc<Mutex<State>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/store", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let _ = serve(&stream.unwrap(), &shared);
            }
        });
        Self { address, state }
    }

    fn fail(&self, from: usize, count: usize, failure: Failure) {
        let mut state = self.state.lock().unwrap();
        state.failing = Some((state.requests + from, count, failure));
    }

    fn graphs(&self) -> BTreeMap<String, String> {
        self.state.lock().unwrap().graphs.clone()
    }
}

fn serve(stream: &TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8(body).unwrap();
    let mut state = state.lock().unwrap();
    state.requests += 1;
    if let Some((from, count, failure)) = state.failing
        && (from..from + count).contains(&(state.requests - 1))
    {
        return match failure {
            Failure::HangUp => Ok(()),
            Failure::Busy => answer(stream, "503 Service Unavailable"),
            Failure::Forbidden => answer(stream, "403 Forbidden"),
        };
    }
    let target = first.split(' ').nth(1).unwrap_or_default();
    let graph = target
        .split_once('?')
        .map_or("", |(_, query)| query)
        .to_owned();
    match first.split(' ').next() {
        Some("PUT") => {
            state.graphs.insert(graph, body);
        }
        Some("DELETE") => {
            state.graphs.remove(&graph);
        }
        _ => state.updates.push(body),
    }
    answer(stream, "204 No Content")
}

fn answer(mut stream: &TcpStream, status: &str) -> std::io::Result<()> {
    let text = if status.starts_with("204") { "" } else { "no" };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{text}",
        text.len()
    )
}

fn options() -> Options {
    Options {
        everything: false,
        default_graph: None,
        retries: 2,
        pause: Duration::from_millis(1),
    }
}

fn pushed(store: &Store, server: &Server, options: &Options) -> Result<Pushed, PushError> {
    let remote = Remote::new(
        &server.address,
        Protocol::GraphStore,
        Duration::from_secs(5),
        None,
    );
    push(store, &remote, options, |_, _| {})
}

fn counts(sent: usize, dropped: usize, unchanged: usize) -> Pushed {
    Pushed {
        sent,
        dropped,
        unchanged,
    }
}

#[test]
fn only_what_changed_is_sent() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let store = stored(folder.path(), &world());
    assert_eq!(
        pushed(&store, &server, &options()).unwrap(),
        counts(4, 0, 0)
    );
    assert_eq!(
        pushed(&store, &server, &options()).unwrap(),
        counts(0, 0, 4)
    );
    let graphs = server.graphs();
    assert_eq!(graphs.len(), 4);
    assert!(graphs["default"].contains("ns#leads>"));
    let document = store.hashes().unwrap().into_iter().next().unwrap();
    let key = format!("graph=https%3A%2F%2Fw3id.org%2Fkilde%2Fid%2Fdoc%2F{document}");
    assert!(graphs[&key].contains("schema.org/text>"));
    // A new document with its edges, and one that goes.
    store.put(&short("b", "x", "AID", "y")).unwrap();
    assert_eq!(
        pushed(&store, &server, &options()).unwrap(),
        counts(2, 0, 3)
    );
    assert!(store.remove("rumour").unwrap());
    // Nobody is known from that document alone, so the default graph stays as it was.
    assert_eq!(
        pushed(&store, &server, &options()).unwrap(),
        counts(0, 1, 4)
    );
    assert_eq!(server.graphs().len(), 4);
    let everything = Options {
        everything: true,
        ..options()
    };
    assert_eq!(
        pushed(&store, &server, &everything).unwrap(),
        counts(4, 0, 0)
    );
}

#[test]
fn what_falters_is_tried_again() {
    for failure in [Failure::Busy, Failure::HangUp] {
        let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
        let store = stored(folder.path(), &world());
        server.fail(1, 2, failure);
        assert_eq!(
            pushed(&store, &server, &options()).unwrap(),
            counts(4, 0, 0)
        );
        assert_eq!(server.graphs().len(), 4);
    }
}

#[test]
fn a_push_that_breaks_off_goes_on_where_it_stopped() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let store = stored(folder.path(), &world());
    server.fail(2, 100, Failure::HangUp);
    let error = pushed(&store, &server, &options()).unwrap_err().to_string();
    assert!(
        error.contains("2 of 4 graphs were sent, run the same command again to go on"),
        "{error}"
    );
    server.fail(0, 0, Failure::Busy);
    assert_eq!(
        pushed(&store, &server, &options()).unwrap(),
        counts(2, 0, 2)
    );
    assert_eq!(server.graphs().len(), 4);
}

#[test]
fn what_is_refused_is_not_tried_again() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let store = stored(folder.path(), &world());
    server.fail(0, 100, Failure::Forbidden);
    let error = pushed(&store, &server, &options()).unwrap_err().to_string();
    assert!(error.contains("403"), "{error}");
    assert_eq!(server.state.lock().unwrap().requests, 1);
}

#[test]
fn updates_hold_the_same_triples() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let store = stored(folder.path(), &world());
    let remote = Remote::new(
        &server.address,
        Protocol::Update,
        Duration::from_secs(5),
        Some(("a", "b")),
    );
    push(&store, &remote, &options(), |_, _| {}).unwrap();
    let other = oxigraph::store::Store::new().unwrap();
    for update in &server.state.lock().unwrap().updates {
        other.update(update).unwrap();
    }
    let lines = |oxigraph: &oxigraph::store::Store| {
        let quads: Vec<_> = oxigraph.iter().map(Result::unwrap).collect();
        kilde::store::sorted_lines(&quads)
    };
    let index = kilde::store::Index::in_memory(&store).unwrap();
    let ontology = |line: &&str| {
        ["ns", "alignments", "shapes"].iter().all(|name| {
            let graph = format!(" <https://w3id.org/kilde/{name}> .");
            !line.ends_with(&graph)
        })
    };
    let expected = lines(index.oxigraph());
    let expected: Vec<&str> = expected.lines().filter(ontology).collect();
    let found = lines(&other);
    assert_eq!(found.lines().collect::<Vec<_>>(), expected);
}
