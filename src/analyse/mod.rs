//! What a graph tells beyond its single edges, and whether it is what it should be: measures of actors, communities, signed
//! balance, ways between actors, changes over time, disputes; the differences between two stores; the soundness of one.
//! Takes the view of the graph (`graph`) or a store, gives values; the commands write them.

mod balance;
mod changes;
mod communities;
mod diff;
mod disputes;
mod lock;
mod measures;
mod paths;
pub mod report;
mod shapes;
mod side;
mod ties;
mod validate;
mod verify;

pub use balance::{Balance, Triangle, balance};
pub use changes::{
    Count, Month, Period, Trend, by_month, month, name as month_name, period, trends,
};
pub use communities::{communities, modularity};
pub use diff::{Changed, Diff, diff};
pub use disputes::{Dispute, Kind, Side, disputes};
pub use lock::Lock;
pub use measures::{Centrality, centrality};
pub use paths::{Way, ways};
pub use shapes::{Shapes, ShapesError};
pub use side::{DiffError, Told};
pub use ties::{Tie, Ties};
pub use validate::{Finding, ValidationError, report as validation_report, validate};
pub use verify::{Problem, Verification, VerifyError, verify};
