//! `GET /api/v1/energy-flow`: energy from purchase over conversion to end use, by energy type.

use super::common::Scope;
use super::wire;
use crate::codes::energy_group::EnergyGroup;

wire! {
/// Every energy type counts, whatever `scope.energy` says: one type alone does not balance a conversion.
pub struct EnergyFlow {
    /// What the figures cover; its energy groups do not narrow the flow.
    pub scope: Scope,
    /// Comprehensive consumption of the units in scope in tce: end use + losses − gain + left out; null without a
    /// figure.
    pub total_tce: Option<f64>,
    /// Consumption of the units that report no conversion output, in tce.
    pub end_use_tce: f64,
    /// Input of the units that report conversion output, in tce.
    pub conversion_input_tce: f64,
    /// The conversion output that they report, in tce.
    pub conversion_output_tce: f64,
    /// Input − output where positive: losses and own use of conversion.
    pub losses_tce: f64,
    /// Output − input where positive: coal equivalents of output above those of input, on the equivalent basis.
    pub gain_tce: f64,
    /// The sum of negative amounts, which cannot flow; 0 without faulty readings.
    pub left_out_tce: f64,
    /// Units that report conversion output in the span.
    pub converters: u32,
    /// `balance_by_energy`: of each type end use takes conversion output first and purchase for the rest.
    pub method: String,
    /// The nodes that energy passes, by column.
    pub nodes: Vec<FlowNode>,
    /// The flows between the nodes.
    pub links: Vec<FlowLink>,
}
/// A node that energy passes. What flows in flows out, except at the first and the last node.
pub struct FlowNode {
    /// `purchase:coal`, `gain`, `conversion`, `use:coal`, `industry:C31`, `losses`, `delivered`.
    pub id: String,
    /// `purchase`, `gain`, `conversion`, `use`, `industry`, `losses` or `delivered`.
    pub kind: String,
    /// 0 purchase, 1 conversion, 2 end use by energy type, 3 who uses it.
    pub column: u8,
    /// The energy group of a purchase or use node; else null.
    pub group: Option<EnergyGroup>,
    /// The GB/T 4754 division with its letter of an industry node, to filter by; else null.
    pub code: Option<String>,
    /// The Chinese name.
    pub zh: String,
    /// The English name.
    pub en: String,
    /// The larger of what comes in and what goes out, in tce; they are equal inside.
    pub tce: f64,
}
/// A flow between two nodes.
pub struct FlowLink {
    /// The id of the node from which energy flows.
    pub from: String,
    /// The id of the node to which energy flows.
    pub to: String,
    /// The energy group; null where types are mixed: losses and gain of conversion.
    pub group: Option<EnergyGroup>,
    /// The size of the flow in tce.
    pub tce: f64,
    /// The share of all energy that enters from purchase and gain.
    pub share: f64,
    /// Whether the flow is not a sum of readings but follows from the balance of the energy type.
    pub inferred: bool,
}
}
