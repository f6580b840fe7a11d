//! A row times a constant matrix, by tract's own operator for packed matrices and the kernel that tract picks for the
//! sizes. Wired directly: tract's optimiser would link every operator of tract into the page, half of its download.

use tract_core::internal::*;
use tract_core::ops::matmul::ModePicker;
use tract_core::ops::matmul::optimized::{
    AddMatMulGeometry, MapOutputAxisToInput, MatMulOperand, OptMatMul, ProtoFusedSpec,
};
use tract_core::ops::matmul::pack::DynPackedExoticFact;
use tract_core::tract_linalg::MmmDispatch;
use tract_core::tract_linalg::mmm::{MMMInputFormat, OutputStoreSpec, PackedMatrixStorage, Query};

/// Adds the product to a graph: `row` is [1, from], the result [1, to]; `weights` is [from, to], or
/// [to, from] if it is `transposed`. Names begin with `name`.
pub(crate) fn wire_product(
    model: &mut TypedModel,
    name: &str,
    row: OutletId,
    weights: &Tensor,
    transposed: bool,
) -> TractResult<OutletId> {
    let (from_axis, to_axis) = if transposed { (1, 0) } else { (0, 1) };
    let (from, to) = (weights.shape()[from_axis], weights.shape()[to_axis]);
    let sizes = Query::plain(f32::datum_type(), Some(to), Some(from), Some(1));
    let (kernel, packing, _) = MmmDispatch::native()
        .pick(&Query { allow_extractor: false, ..sizes })
        .with_context(|| format!("no kernel multiplies by {from} × {to}"))?;
    let (left, right) = &kernel.packings()[packing];
    let left = left.prepare_one(weights, from_axis, to_axis)?;
    let packed = model.wire_node(format!("{name}.packed"), PackRow { format: right.clone() }, &[row])?;
    let unmapped = || MapOutputAxisToInput(tvec![]);
    let multiply = ProtoFusedSpec::AddMatMul {
        geo: AddMatMulGeometry {
            k: from.to_dim(),
            c_to_a_axis_mapping: unmapped(),
            c_to_b_axis_mapping: unmapped(),
        },
        a: MatMulOperand::Const(left),
        b: MatMulOperand::Input(0),
        packings: vec![(packing, None)],
    };
    let store = ProtoFusedSpec::Store(vec![OutputStoreSpec::View {
        m_axis: Some(1),
        n_axis: Some(0),
        mr: kernel.mr(),
        nr: kernel.nr(),
    }]);
    let product = OptMatMul::new(
        vec![kernel],
        ModePicker::Single,
        f32::fact([1, to]),
        Some(1),
        Some(0),
        vec![multiply, store],
        true,
    )?;
    Ok(model.wire_node(name, product, &packed)?[0])
}

/// Packs a row of shape [1, length] in the order of a kernel's right operand.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PackRow {
    format: Box<dyn MMMInputFormat>,
}

impl Op for PackRow {
    fn name(&self) -> StaticName {
        "PackRow".into()
    }

    op_as_typed_op!();
}

impl EvalOp for PackRow {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let packed = self.format.prepare_one(&inputs[0], 1, 0)?;
        let storage = PackedMatrixStorage::new_batched(&[], tvec![packed]);
        Ok(tvec![storage.into_tensor(f32::datum_type()).into_tvalue()])
    }
}

impl TypedOp for PackRow {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let k = inputs[0].shape[1].clone();
        let packed = DynPackedExoticFact { k, mn: 1.to_dim(), packers: vec![self.format.clone()] };
        let shape: [usize; 0] = [];
        Ok(tvec![f32::fact(shape).with_exotic_fact(packed)])
    }

    as_op!();
}
