//! A component's `model` file as thinc writes it: nodes in breadth-first order with names, references and attributes, and the
//! parameters of each. Gives parameters by the node's name and checks their shapes; what the layers compute is in [`crate::layers`].

use std::path::{Path, PathBuf};

use crate::error::{LoadError, read_file};
use crate::packed::Packed;

/// A parameter: its shape and its numbers in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Array {
    /// Sizes, outermost first.
    pub(crate) shape: Vec<usize>,
    /// Their product of numbers.
    pub(crate) data: Vec<f32>,
}

/// A parsed model file.
pub(crate) struct Model {
    path: PathBuf,
    nodes: Vec<Node>,
}

/// One layer of the network.
pub(crate) struct Node {
    name: String,
    refs: Packed,
    attrs: Packed,
    params: Packed,
}

impl Model {
    /// Reads the file `model` of a component's directory.
    pub(crate) fn read(folder: &Path) -> Result<Self, LoadError> {
        let path = folder.join("model");
        Self::parse(&read_file(&path)?, &path)
    }

    /// Parses the bytes of a model file; `path` is for errors.
    pub(crate) fn parse(bytes: &[u8], path: &Path) -> Result<Self, LoadError> {
        let nodes = parse_nodes(bytes).map_err(|what| LoadError::malformed(path, what))?;
        Ok(Self {
            path: path.to_owned(),
            nodes,
        })
    }

    /// The nodes of that name, in breadth-first order.
    pub(crate) fn named(&self, name: &'static str) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(move |node| node.name == name)
    }

    /// The node of that name at `position` among those of its name.
    pub(crate) fn node(&self, name: &'static str, position: usize) -> Result<&Node, LoadError> {
        let node = self.named(name).nth(position);
        node.ok_or_else(|| self.wrong(format!("there is no layer '{name}' number {position}")))
    }

    /// The node that the outermost one refers to as `reference`.
    pub(crate) fn referred(&self, reference: &str) -> Result<&Node, LoadError> {
        let index = self
            .nodes
            .first()
            .and_then(|root| root.refs.get(reference))
            .and_then(Packed::size);
        let node = index.and_then(|index| self.nodes.get(index));
        node.ok_or_else(|| self.wrong(format!("the model has no part '{reference}'")))
    }

    /// The parameter `name` of `node`, which must have exactly that shape.
    pub(crate) fn param(
        &self,
        node: &Node,
        name: &str,
        shape: &[usize],
    ) -> Result<Vec<f32>, LoadError> {
        let array = self.array(node, name)?;
        if array.shape == shape {
            return Ok(array.data);
        }
        Err(self.wrong(format!(
            "'{name}' of layer '{}' is {:?}, expected {shape:?}",
            node.name, array.shape
        )))
    }

    /// The parameter `name` of `node`, of whatever shape.
    pub(crate) fn array(&self, node: &Node, name: &str) -> Result<Array, LoadError> {
        let value = node
            .params
            .get(name)
            .ok_or_else(|| self.wrong(format!("layer '{}' has no '{name}'", node.name)))?;
        read_array(value)
            .map_err(|what| self.wrong(format!("'{name}' of layer '{}': {what}", node.name)))
    }

    /// An error about this file.
    pub(crate) fn wrong(&self, what: String) -> LoadError {
        LoadError::malformed(&self.path, what)
    }
}

impl Node {
    /// A whole-number attribute (attributes are packed within the packed file).
    pub(crate) fn attr(&self, name: &str) -> Option<u64> {
        let packed = self.attrs.get(name)?.bytes()?;
        Packed::parse(packed).ok()?.uint()
    }

    /// An attribute that is a list of texts.
    pub(crate) fn attr_texts(&self, name: &str) -> Option<Vec<String>> {
        let packed = self.attrs.get(name)?.bytes()?;
        let value = Packed::parse(packed).ok()?;
        value
            .list()?
            .iter()
            .map(|item| item.text().map(str::to_owned))
            .collect()
    }
}

fn parse_nodes(bytes: &[u8]) -> Result<Vec<Node>, String> {
    let Packed::Map(pairs) = Packed::parse(bytes)? else {
        return Err("the outermost value is no map".to_owned());
    };
    let mut lists = [const { Vec::new() }; 3];
    for (key, value) in pairs {
        let place = ["nodes", "attrs", "params"]
            .iter()
            .position(|name| key.text() == Some(name));
        if let (Some(place), Packed::List(items)) = (place, value) {
            lists[place] = items;
        }
    }
    let [nodes, attrs, params] = lists;
    if nodes.is_empty() || nodes.len() != attrs.len() || nodes.len() != params.len() {
        return Err(format!(
            "{} nodes, {} lists of attributes, {} of parameters",
            nodes.len(),
            attrs.len(),
            params.len()
        ));
    }
    nodes
        .into_iter()
        .zip(attrs)
        .zip(params)
        .map(|((node, attrs), params)| parse_node(&node, attrs, params))
        .collect()
}

fn parse_node(node: &Packed, attrs: Packed, params: Packed) -> Result<Node, String> {
    let name = node
        .get("name")
        .and_then(Packed::text)
        .ok_or("a node has no name")?;
    Ok(Node {
        name: name.to_owned(),
        refs: node.get("refs").cloned().unwrap_or(Packed::Nil),
        attrs,
        params,
    })
}

/// Reads `{nd, type, shape, data}`; the data must be exactly as long as the shape says.
fn read_array(value: &Packed) -> Result<Array, String> {
    let kind = value.get("type").and_then(Packed::text);
    if kind != Some("<f4") {
        return Err(format!("numbers of type {kind:?}, expected '<f4'"));
    }
    let shape = value
        .get("shape")
        .and_then(Packed::list)
        .ok_or("an array without a shape")?;
    let shape: Option<Vec<usize>> = shape.iter().map(Packed::size).collect();
    let shape = shape.ok_or("a shape that holds something else than sizes")?;
    let bytes = value
        .get("data")
        .and_then(Packed::bytes)
        .ok_or("an array without data")?;
    let count = shape
        .iter()
        .try_fold(1_usize, |product, size| product.checked_mul(*size));
    if count.and_then(|count| count.checked_mul(4)) != Some(bytes.len()) {
        return Err(format!("{} bytes for the shape {shape:?}", bytes.len()));
    }
    let data = floats(bytes);
    if data.iter().all(|number| number.is_finite()) {
        Ok(Array { shape, data })
    } else {
        Err("a number that is not finite".to_owned())
    }
}

/// Little-endian 32-bit floats.
pub(crate) fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes
        .chunks_exact(4)
        .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
        .collect()
}
