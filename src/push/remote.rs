//! The other store: requests over HTTP, tried again when the network or the server falters.

use std::{mem, thread, time::Duration};

use oxigraph::model::NamedNode;
use ureq::{Agent, http::StatusCode};

use super::Options;

/// How graphs are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// SPARQL 1.1 Graph Store HTTP Protocol: `PUT ENDPOINT?graph=IRI`.
    GraphStore,
    /// SPARQL 1.1 Update: `POST` of `DROP` and `INSERT DATA`.
    Update,
}

/// So many triples go in one update: Virtuoso's parser runs out of memory at some 5,000.
const UPDATE_TRIPLES: usize = 1_000;

/// An endpoint.
pub struct Remote {
    agent: Agent,
    endpoint: String,
    protocol: Protocol,
    /// Value of the header `Authorization`.
    authorization: Option<String>,
}

/// Why a request is not to be repeated, or may be.
enum Failure {
    Final(String),
    Passing(String),
}

impl Remote {
    /// An endpoint by its address. `timeout` is for one request; `user` is a name with a password.
    #[must_use]
    pub fn new(
        endpoint: &str,
        protocol: Protocol,
        timeout: Duration,
        user: Option<(&str, &str)>,
    ) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .user_agent("kilde")
            .build();
        Self {
            agent: Agent::new_with_config(config),
            endpoint: endpoint.to_owned(),
            protocol,
            authorization: user.map(|(name, password)| {
                format!("Basic {}", base64(format!("{name}:{password}").as_bytes()))
            }),
        }
    }

    /// The address.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Replaces a graph (nothing: the default graph) by these N-Triples.
    pub(super) fn put(
        &self,
        graph: Option<&NamedNode>,
        triples: &str,
        options: &Options,
    ) -> Result<(), String> {
        match self.protocol {
            Protocol::GraphStore => {
                let address = self.address(graph);
                retried(options, || {
                    self.send("PUT", &address, "application/n-triples", triples)
                })
            }
            Protocol::Update => {
                let drop = graph.map_or("DEFAULT".to_owned(), |graph| format!("GRAPH {graph}"));
                let lines: Vec<&str> = triples.split_inclusive('\n').collect();
                let mut before = format!("DROP SILENT {drop}");
                for part in lines.chunks(UPDATE_TRIPLES) {
                    let part = part.concat();
                    let data = graph.map_or(part.clone(), |graph| {
                        format!("GRAPH {graph} {{\n{part}}}\n")
                    });
                    let start = mem::take(&mut before);
                    let joint = if start.is_empty() { "" } else { " ;\n" };
                    let update = format!("{start}{joint}INSERT DATA {{\n{data}}}");
                    self.update(&update, options)?;
                }
                if before.is_empty() {
                    return Ok(());
                }
                self.update(&before, options)
            }
        }
    }

    fn update(&self, update: &str, options: &Options) -> Result<(), String> {
        retried(options, || {
            self.send("POST", &self.endpoint, "application/sparql-update", update)
        })
    }

    /// Drops a graph.
    pub(super) fn delete(&self, graph: &NamedNode, options: &Options) -> Result<(), String> {
        match self.protocol {
            Protocol::GraphStore => {
                let address = self.address(Some(graph));
                retried(options, || self.send("DELETE", &address, "", ""))
            }
            Protocol::Update => self.update(&format!("DROP SILENT GRAPH {graph}"), options),
        }
    }

    fn address(&self, graph: Option<&NamedNode>) -> String {
        let joint = if self.endpoint.contains('?') {
            '&'
        } else {
            '?'
        };
        match graph {
            Some(graph) => format!("{}{joint}graph={}", self.endpoint, encoded(graph.as_str())),
            None => format!("{}{joint}default", self.endpoint),
        }
    }

    fn send(&self, method: &str, address: &str, media: &str, body: &str) -> Result<(), Failure> {
        let mut request = ureq::http::Request::builder().method(method).uri(address);
        if !media.is_empty() {
            request = request.header("Content-Type", media);
        }
        if let Some(value) = &self.authorization {
            request = request.header("Authorization", value);
        }
        let request = request
            .body(body)
            .map_err(|error| Failure::Final(format!("this is no address: {error}")))?;
        let answer = self.agent.run(request).map_err(|error| match error {
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => Failure::Final(error.to_string()),
            other => Failure::Passing(other.to_string()),
        });
        let mut answer = answer?;
        let status = answer.status();
        // Dropping what is not there is no failure.
        if status.is_success() || (method == "DELETE" && status == StatusCode::NOT_FOUND) {
            return Ok(());
        }
        let said = answer.body_mut().read_to_string().unwrap_or_default();
        let said: String = said
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(200)
            .collect();
        let message = format!("{method} was answered with {status} {said}");
        let passing = status.is_server_error()
            || status == StatusCode::TOO_MANY_REQUESTS
            || status == StatusCode::REQUEST_TIMEOUT;
        Err(if passing {
            Failure::Passing(message)
        } else {
            Failure::Final(message)
        })
    }
}

fn retried(options: &Options, mut send: impl FnMut() -> Result<(), Failure>) -> Result<(), String> {
    let mut pause = options.pause;
    for _ in 0..options.retries {
        match send() {
            Ok(()) => return Ok(()),
            Err(Failure::Final(message)) => return Err(message),
            Err(Failure::Passing(_)) => thread::sleep(pause),
        }
        pause *= 2;
    }
    send().map_err(|failure| match failure {
        Failure::Final(message) | Failure::Passing(message) => message,
    })
}

/// An IRI as the value of a query parameter.
fn encoded(iri: &str) -> String {
    let mut encoded = String::with_capacity(iri.len());
    for byte in iri.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let number = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = (number >> (18 - 6 * place)) & 63;
            text.push(if place <= chunk.len() {
                char::from(DIGITS[digit as usize])
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_passwords_are_encoded() {
        for (text, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
        assert_eq!(encoded("https://a/b#c"), "https%3A%2F%2Fa%2Fb%23c");
    }
}
