//! Plans a path over the timbral map whose descriptor d follows a target: the cheapest sequence of cells (Viterbi,
//! 1967). The nearest rule instead takes the cell with the nearest value at each step (descriptor-based synthesis as in
//! Caillon, Bitton, Gatinet and Esling, "Timbre Latent Space: Exploration and Creative Aspects", 2020). The cost of a
//! step is (d − target)² + λ · (way in cells)² + μ · mean (difference of the other scales)²; d and the scales are in
//! points.

use plane::{Layer, Map, Point};

use super::striking::{LOUDNESS, quiet_cost, quiet_lufs};
use super::{STEP_LIMIT, TargetPathError};

/// A descriptor that follows a curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The name of a layer of the map.
    pub layer: String,
    /// Its value at each step, in the layer's unit.
    pub values: Vec<f32>,
    /// The cost of a deviation, as a factor; 1 is usual.
    pub weight: f32,
}

/// A forbidden region of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    /// Its centre.
    pub centre: Point,
    /// Its radius in latent units.
    pub radius: f32,
}

/// The rules by which cells are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// The cheapest path.
    #[default]
    Planned,
    /// At each step the cell with the nearest value, wherever it is. The lines between the steps may cross forbidden
    /// circles.
    Nearest,
}

/// A target and the conditions on the path that follows it.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetRequest {
    /// One or two descriptors.
    pub goals: Vec<Goal>,
    /// The rule that chooses cells.
    pub rule: Rule,
    /// λ: the cost of the squared way of a step, in cells.
    pub way_cost: f32,
    /// μ: the cost of the mean squared jump of the other scales, in points.
    pub jump_cost: f32,
    /// The longest step, in cells.
    pub reach: usize,
    /// Steps at which the path is at a given point.
    pub pins: Vec<(usize, Point)>,
    /// The circles that it must not enter, neither at a step nor on the line between two.
    pub forbidden: Vec<Circle>,
    /// The length of the notes that are struck again and again, in seconds; `None` if one note is held. Measured rows of
    /// struck notes have a number more, the loudness in LUFS, and quiet places are avoided.
    pub note_s: Option<f64>,
}

impl TargetRequest {
    /// True if a path may go straight from one point to another.
    #[inline(never)]
    pub(super) fn allows(&self, from: Point, to: Point) -> bool {
        let from = if self.rule == Rule::Nearest { to } else { from };
        let [x, y] = [to.x - from.x, to.y - from.y];
        self.forbidden.iter().all(|circle| {
            let centre = circle.centre;
            let share = ((centre.x - from.x) * x + (centre.y - from.y) * y) / (x * x + y * y);
            from.towards(to, share).distance(centre) > circle.radius
        })
    }
}

impl Default for TargetRequest {
    /// Costs and a reach by which a path follows its target in small steps: `latent-pad evaluate --task target`
    /// measures them on the shipped map. With μ = 0.1 the other scales change by up to 1.5 points a step; with a reach
    /// of 2 fast targets are missed by 2 points.
    fn default() -> Self {
        Self {
            goals: Vec::new(),
            rule: Rule::Planned,
            way_cost: 1.0,
            jump_cost: 1.0,
            reach: 3,
            pins: Vec::new(),
            forbidden: Vec::new(),
            note_s: None,
        }
    }
}

/// A path over the map.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedPath {
    /// Its point at each step.
    pub points: Vec<Point>,
    /// The map's prediction of each goal at each step, in the layer's unit.
    pub predicted: Vec<Vec<f32>>,
}

/// The unit of the layers that are scales.
const SCALE_UNIT: &str = "points";

/// The names of the map's scales, in its order.
pub fn scales(map: &Map) -> impl Iterator<Item = &Layer> {
    map.layers.iter().filter(|layer| layer.unit == SCALE_UNIT)
}

/// Plans a path.
///
/// # Errors
/// One sentence if the map lacks a descriptor, a value is out of its reach, or pins and circles leave no way.
pub fn plan(map: &Map, request: &TargetRequest) -> Result<PlannedPath, TargetPathError> {
    let goals = goals(map, request)?;
    let mut points: Vec<Point> = Map::points(map.grid, map.limit).map(kept).collect();
    // A pin takes the place of its cell, so that the checked lines lead to the pin itself.
    for pin in &request.pins {
        let cell = nearest_cell(&points, pin.1);
        points[cell] = kept(pin.1);
    }
    let allowed: Vec<bool> = points.iter().map(|point| request.allows(*point, *point)).collect();
    let grid = usize::from(map.grid);
    let steps = request.goals[0].values.len();
    let pinned = |step: usize| {
        let pin = request.pins.iter().find(|pin| pin.0 == step)?;
        Some((nearest_cell(&points, pin.1), kept(pin.1)))
    };
    let quiet = quiet_costs(map, request);
    // The cost of being at each cell; infinite where the path may not be.
    let local = |step: usize, costs: &mut [f32]| {
        costs.copy_from_slice(&quiet);
        for (goal, layer) in &goals {
            let target = goal.values[step];
            for (cost, value) in costs.iter_mut().zip(&layer.values) {
                let difference = f32::from(*value) / 10.0 - target;
                *cost += goal.weight * difference * difference;
            }
        }
        match pinned(step) {
            Some((pin, _)) => {
                costs.iter_mut().enumerate().for_each(|(cell, cost)| {
                    *cost = if cell == pin { 0.0 } else { f32::INFINITY };
                });
            }
            None => costs.iter_mut().zip(&allowed).for_each(|(cost, allowed)| {
                *cost = if *allowed { *cost } else { f32::INFINITY };
            }),
        }
    };
    let cells = match request.rule {
        Rule::Nearest => nearest(steps, points.len(), local),
        Rule::Planned => {
            let others: Vec<&Layer> =
                scales(map).filter(|layer| goals.iter().all(|goal| goal.1.name != layer.name)).collect();
            let moves = Moves::new(grid, request, &points, &others);
            cheapest(steps, points.len(), &moves, local)
        }
    };
    let cells = cells.ok_or(TargetPathError::NoWay)?;
    let place = |(step, cell): (usize, &usize)| pinned(step).map_or(points[*cell], |pin| pin.1);
    let points: Vec<Point> = cells.iter().enumerate().map(place).collect();
    // If a cell has several pins, the checked lines lead to only one of them.
    if !points.windows(2).all(|two| request.allows(two[0], two[1])) {
        return Err(TargetPathError::NoWay);
    }
    let predicted = goals.iter().map(|(_, layer)| {
        points.iter().map(|point| map.value_of(layer, point.x, point.y).unwrap_or(0.0)).collect()
    });
    Ok(PlannedPath { predicted: predicted.collect(), points })
}

/// The cost of each cell by its loudness; none if one note is held, which has no level.
fn quiet_costs(map: &Map, request: &TargetRequest) -> Vec<f32> {
    let cells = usize::from(map.grid) * usize::from(map.grid);
    let loudness = request.note_s.and_then(|_| map.layer(LOUDNESS).zip(quiet_lufs(map)));
    loudness.map_or_else(
        || vec![0.0; cells],
        |(layer, quiet_lufs)| {
            layer.values.iter().map(|value| quiet_cost(quiet_lufs, f32::from(*value) / 10.0)).collect()
        },
    )
}

/// The goals with their layers, checked.
fn goals<'a>(
    map: &'a Map,
    request: &'a TargetRequest,
) -> Result<Vec<(&'a Goal, &'a Layer)>, TargetPathError> {
    let steps = request.goals.first().map_or(0, |goal| goal.values.len());
    let fits = |goal: &Goal| goal.values.len() == steps && goal.values.iter().all(|value| value.is_finite());
    if !(1..=2).contains(&request.goals.len())
        || !(2..=STEP_LIMIT).contains(&steps)
        || !request.goals.iter().all(fits)
    {
        return Err(TargetPathError::Goals);
    }
    let is_cost = |cost: f32| cost.is_finite() && cost >= 0.0;
    let is_number = |point: &Point| point.x.is_finite() && point.y.is_finite();
    let is_circle = |circle: &Circle| is_number(&circle.centre) && is_cost(circle.radius);
    if !is_cost(request.way_cost)
        || !is_cost(request.jump_cost)
        || !request.goals.iter().all(|goal| is_cost(goal.weight))
        || !request.pins.iter().all(|pin| is_number(&pin.1))
        || !request.forbidden.iter().all(is_circle)
    {
        return Err(TargetPathError::Numbers);
    }
    if let Some((step, _)) = request.pins.iter().find(|pin| pin.0 >= steps) {
        return Err(TargetPathError::LatePin(step.saturating_add(1)));
    }
    if let Some((step, _)) = request.pins.iter().find(|pin| !request.allows(kept(pin.1), kept(pin.1))) {
        return Err(TargetPathError::ForbiddenPin(step + 1));
    }
    let goals = request.goals.iter().map(|goal| {
        let Some(layer) = map.layer(&goal.layer) else {
            let known: Vec<&str> = map.layers.iter().map(|layer| layer.name.as_str()).collect();
            let name = goal.layer.chars().take(40).collect();
            return Err(TargetPathError::Unknown { name, known: known.join(", ") });
        };
        let [least, most] = layer.range();
        let [from, to] = goal
            .values
            .iter()
            .fold([f32::INFINITY, f32::NEG_INFINITY], |[from, to], value| [from.min(*value), to.max(*value)]);
        // Values are kept in tenths.
        if from < least - 0.1 || to > most + 0.1 {
            let (name, unit) = (layer.name.clone(), layer.unit.clone());
            return Err(TargetPathError::Unreachable { name, unit, least, most, from, to });
        }
        Ok((goal, layer))
    });
    goals.collect()
}

/// The nearest point that a path keeps, so that the points that are checked and measured are saved and played.
pub(super) fn kept(point: Point) -> Point {
    let kept = |value: f32| crate::latent_path::kept(f64::from(value));
    Point { x: kept(point.x), y: kept(point.y) }
}

/// The cell whose point is the nearest.
fn nearest_cell(points: &[Point], place: Point) -> usize {
    let distances: Vec<f32> = points.iter().map(|point| point.distance(place)).collect();
    least(&distances).unwrap_or(0)
}

/// The cell of the least cost at each step.
fn nearest(steps: usize, cells: usize, local: impl Fn(usize, &mut [f32])) -> Option<Vec<usize>> {
    let mut costs = vec![0.0; cells];
    (0..steps)
        .map(|step| {
            local(step, &mut costs);
            least(&costs)
        })
        .collect()
}

/// The position of the first least number, if it is finite.
fn least(costs: &[f32]) -> Option<usize> {
    let mut best = (f32::INFINITY, None);
    for (cell, cost) in costs.iter().enumerate() {
        if *cost < best.0 {
            best = (*cost, Some(cell));
        }
    }
    best.1
}

/// The allowed moves from cell to cell with their costs.
struct Moves {
    grid: usize,
    /// Columns and rows of each move; at most 255 moves.
    offsets: Vec<[isize; 2]>,
    /// For each move, the cost of arriving at each cell by it.
    costs: Vec<Vec<f32>>,
}

impl Moves {
    fn new(grid: usize, request: &TargetRequest, points: &[Point], others: &[&Layer]) -> Self {
        let reach = request.reach.clamp(1, 7) as isize;
        let square = |[column, row]: &[isize; 2]| column * column + row * row;
        let all = (-reach..=reach).flat_map(|row| (-reach..=reach).map(move |column| [column, row]));
        // Short moves first: of equal costs the shortest counts.
        let offsets = (0..=reach * reach + 1)
            .flat_map(|length| all.clone().filter(move |offset| square(offset) == length));
        let offsets: Vec<[isize; 2]> = offsets.collect();
        let cost = |[column, row]: &[isize; 2]| {
            let way = request.way_cost * square(&[*column, *row]) as f32;
            let mut costs = vec![f32::INFINITY; grid * grid];
            for_each_arrival(grid, [*column, *row], |from, to, length| {
                let mut sums = vec![0.0; length];
                for layer in others {
                    for (at, sum) in sums.iter_mut().enumerate() {
                        let jump =
                            (f32::from(layer.values[to + at]) - f32::from(layer.values[from + at])) / 10.0;
                        *sum += jump * jump;
                    }
                }
                let factor = request.jump_cost / others.len().max(1) as f32;
                for (at, sum) in sums.into_iter().enumerate() {
                    if request.allows(points[from + at], points[to + at]) {
                        costs[to + at] = way + factor * sum;
                    }
                }
            });
            costs
        };
        let costs = offsets.iter().map(cost).collect();
        Self { grid, offsets, costs }
    }
}

/// Calls `act` for each run of neighbouring cells from which a move stays on the grid, with the first cell that it
/// starts from, the first cell that it leads to, and the number of cells.
fn for_each_arrival(grid: usize, [column, row]: [isize; 2], mut act: impl FnMut(usize, usize, usize)) {
    let size = grid as isize;
    let (first_column, last_column) = (column.max(0), (size + column).min(size));
    if last_column <= first_column {
        return;
    }
    for to_row in row.max(0)..(size + row).min(size) {
        let to = to_row * size + first_column;
        let from = (to_row - row) * size + first_column - column;
        act(from as usize, to as usize, (last_column - first_column) as usize);
    }
}

/// The cheapest sequence of cells.
fn cheapest(
    steps: usize,
    cells: usize,
    moves: &Moves,
    local: impl Fn(usize, &mut [f32]),
) -> Option<Vec<usize>> {
    let mut here = vec![0.0; cells];
    local(0, &mut here);
    let (mut costs, mut next) = (vec![0.0; cells], vec![0.0; cells]);
    // By which move each cell is reached most cheaply, step by step.
    let mut arrivals = vec![0u8; steps * cells];
    for step in 1..steps {
        next.fill(f32::INFINITY);
        let arrivals = &mut arrivals[step * cells..(step + 1) * cells];
        for (number, (offset, prices)) in moves.offsets.iter().zip(&moves.costs).enumerate() {
            for_each_arrival(moves.grid, *offset, |from, to, length| {
                let runs = next[to..to + length].iter_mut().zip(&mut arrivals[to..to + length]);
                let prices = here[from..from + length].iter().zip(&prices[to..to + length]);
                for ((best, arrival), (before, price)) in runs.zip(prices) {
                    let cost = before + price;
                    let is_better = cost < *best;
                    *best = if is_better { cost } else { *best };
                    *arrival = if is_better { number as u8 } else { *arrival };
                }
            });
        }
        local(step, &mut costs);
        next.iter_mut().zip(&costs).for_each(|(cost, own)| *cost += own);
        std::mem::swap(&mut here, &mut next);
    }
    let mut cell = least(&here)?;
    let mut path = vec![cell];
    for step in (1..steps).rev() {
        let [column, row] = moves.offsets[usize::from(arrivals[step * cells + cell])];
        cell = (cell as isize - row * moves.grid as isize - column) as usize;
        path.push(cell);
    }
    path.reverse();
    Some(path)
}
