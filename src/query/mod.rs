//! Questions to a store: SPARQL over its index, named queries with parameters, actors by name, and the view of the graph
//! that pictures and analysis share.
//!
//! Answers are stable: the rows of a query without ORDER BY are sorted by its variables from left to right, rows that an
//! ORDER BY leaves equal likewise, and LIMIT takes the first rows of that order; statements of CONSTRUCT and DESCRIBE are
//! sorted. So the same store gives the same answer, byte for byte, however its index came about. (What `GROUP_CONCAT` and
//! `SAMPLE` make of several values is up to the engine.)

mod answer;
mod entities;
mod error;
mod header;
mod lookup;
mod named;
mod parse;
mod sorted;
mod sparql;
mod stable;
mod table;
mod view;
mod whole;

pub use answer::{Answer, Format, Row};
pub use entities::{Entities, EntityCard};
pub use error::QueryError;
pub use named::{NamedQueries, NamedQuery, Parameter, ParameterKind};
pub use sparql::{DefaultGraph, Options, ask, ask_named};
pub use table::{DEFAULT_WIDTH, table};
pub use view::{Busiest, Filter, View, relation};
