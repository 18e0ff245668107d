//! What is to be seen on a made-up poster: a sky and something before it.

use super::dice::Dice;

type Colour = [f32; 3];

/// Colours that go together: above, at the horizon, near, light.
const PALETTES: [[[u8; 3]; 4]; 8] = [
    [[24, 26, 64], [224, 108, 96], [36, 20, 54], [255, 214, 150]],
    [[12, 52, 88], [150, 206, 204], [8, 34, 52], [250, 240, 214]],
    [[64, 18, 60], [240, 132, 76], [44, 10, 40], [255, 226, 120]],
    [[14, 40, 40], [128, 176, 120], [10, 26, 30], [236, 240, 190]],
    [[16, 16, 24], [96, 104, 132], [8, 8, 14], [238, 90, 84]],
    [[88, 150, 200], [248, 222, 190], [52, 72, 104], [255, 250, 236]],
    [[40, 10, 80], [220, 80, 180], [22, 6, 48], [120, 240, 240]],
    [[120, 44, 30], [236, 190, 120], [70, 24, 24], [255, 244, 220]],
];

/// What stands before the sky.
#[derive(Clone, Copy, Debug)]
enum Motif {
    /// A sun over the sea, and its light on the water.
    Sea,
    /// Ridges behind each other.
    Mountains,
    /// A town at night.
    Town,
    /// A planet with its moon among stars.
    Moons,
    /// Rings around an eye.
    Rings,
    /// A road into a striped sun.
    Road,
}

const MOTIFS: [Motif; 6] = [Motif::Sea, Motif::Mountains, Motif::Town, Motif::Moons, Motif::Rings, Motif::Road];

/// A view.
#[derive(Debug)]
pub(super) struct View {
    motif: Motif,
    above: Colour,
    horizon: Colour,
    near: Colour,
    light: Colour,
    /// Numbers from 0 to 1 that say where and how large things are.
    chance: [f32; 6],
}

impl View {
    pub(super) fn new(dice: &mut Dice) -> Self {
        let [above, horizon, near, light] = dice.pick(&PALETTES).map(|colour| colour.map(f32::from));
        let motif = dice.pick(&MOTIFS);
        let chance = std::array::from_fn(|_| dice.number(0, 1000) as f32 / 1000.0);
        Self { motif, above, horizon, near, light, chance }
    }

    /// Its brightest colour.
    pub(super) fn light(&self) -> [u8; 3] {
        bytes(self.light)
    }

    /// The colour at a point: `y` is 0 at the top and 1 at the bottom, `x` goes from 0 to `across` in the same measure.
    pub(super) fn colour(&self, x: f32, y: f32, across: f32) -> [u8; 3] {
        let sky = mix(self.above, self.horizon, (y / 0.7).min(1.0));
        let seen = match self.motif {
            Motif::Sea => self.sea(sky, x, y, across),
            Motif::Mountains => self.mountains(sky, x, y, across),
            Motif::Town => self.town(sky, x, y),
            Motif::Moons => self.moons(sky, x, y, across),
            Motif::Rings => self.rings(sky, x, y, across),
            Motif::Road => self.road(sky, x, y, across),
        };
        // Darker towards the bottom, where the title stands.
        bytes(mix(seen, self.near, smooth(0.72, 1.0, y) * 0.75))
    }

    /// A place from 30 to 70 % of the width.
    fn middle(&self, across: f32) -> f32 {
        across * (0.3 + 0.4 * self.chance[0])
    }

    fn sea(&self, sky: Colour, x: f32, y: f32, across: f32) -> Colour {
        let (cx, shore, radius) = (self.middle(across), 0.56 + 0.1 * self.chance[1], 0.12 + 0.08 * self.chance[2]);
        if y < shore {
            return mix(sky, self.light, disc(x - cx, y - shore + radius * 0.4, radius));
        }
        let depth = (y - shore) / (1.0 - shore);
        let water = mix(self.horizon, self.near, 0.35 + 0.6 * depth);
        let wave = (depth.sqrt() * 90.0 + (x * 40.0).sin()).sin();
        let path = 1.0 - smooth(radius * 0.4, radius * (1.0 + depth), (x - cx).abs());
        mix(water, self.light, path * smooth(0.1, 0.9, wave) * (1.0 - depth * 0.6))
    }

    fn mountains(&self, sky: Colour, x: f32, y: f32, across: f32) -> Colour {
        let mut seen = mix(sky, self.light, disc(x - self.middle(across), y - 0.24, 0.07 + 0.05 * self.chance[1]));
        for layer in 0..4 {
            let far = layer as f32;
            let shift = self.chance[2] * 9.0 + far * 2.3;
            let ridge = 0.42 + far * 0.13
                - 0.07 * (x * (4.0 + far) + shift).sin()
                - 0.035 * (x * (11.0 + far * 2.0) + shift * 1.7).sin()
                - 0.01 * (x * 37.0 + shift * 3.1).sin();
            let colour = mix(self.horizon, self.near, 0.25 + 0.25 * far);
            seen = mix(seen, colour, smooth(0.0, 0.004, y - ridge));
        }
        seen
    }

    fn town(&self, sky: Colour, x: f32, y: f32) -> Colour {
        let mut seen = sky;
        for layer in 0..2 {
            let far = layer as f32;
            let size = 0.075 + 0.035 * far;
            let column = ((x + self.chance[3]) / size).floor();
            let top = 0.36 + 0.18 * far + 0.26 * noise(column, far + self.chance[1]);
            if y > top {
                seen = mix(self.horizon, self.near, 0.55 + 0.4 * far);
                let (wx, wy) = ((x + self.chance[3]) / size * 4.0, (y - top) * 60.0);
                let window = wx.fract() > 0.35 && wy.fract() > 0.45 && wx.floor() % 4.0 != 0.0 && wy > 1.0;
                if window && noise(wx.floor() + far * 91.0, wy.floor()) > 0.62 {
                    seen = mix(seen, self.light, 0.85);
                }
            }
        }
        seen
    }

    fn moons(&self, sky: Colour, x: f32, y: f32, across: f32) -> Colour {
        let star = noise((x * 150.0).floor(), (y * 150.0).floor());
        let mut seen = mix(sky, self.light, if star > 0.994 { 0.8 * (1.0 - y) } else { 0.0 });
        let (cx, cy, radius) = (self.middle(across), 0.42 + 0.1 * self.chance[1], 0.2 + 0.08 * self.chance[2]);
        let shade = smooth(-radius, radius, (x - cx) * 0.8 + (y - cy) * 0.6);
        let band = 0.5 + 0.5 * ((y - cy) * 60.0 + (x * 9.0).sin()).sin();
        let planet = mix(mix(self.light, self.horizon, band * 0.6), self.near, shade);
        seen = mix(seen, planet, disc(x - cx, y - cy, radius));
        let (mx, my) = (cx + radius * 1.15, cy - radius * (0.9 + 0.3 * self.chance[3]));
        mix(seen, self.light, disc(x - mx, y - my, radius * 0.2))
    }

    fn rings(&self, sky: Colour, x: f32, y: f32, across: f32) -> Colour {
        let (dx, dy) = (x - across / 2.0, y - 0.42);
        let (far, count) = (dx.hypot(dy), 18.0 + 16.0 * self.chance[1]);
        let ring = smooth(-0.25, 0.25, (far * count + dy.atan2(dx) * (self.chance[2] * 3.0).floor()).sin());
        let seen = mix(sky, self.light, ring * (1.0 - smooth(0.1, 0.46, far)) * 0.85);
        mix(seen, self.near, disc(dx, dy, 0.07))
    }

    fn road(&self, sky: Colour, x: f32, y: f32, across: f32) -> Colour {
        let (cx, shore, radius) = (across / 2.0, 0.58, 0.2 + 0.06 * self.chance[1]);
        if y < shore {
            let slots = smooth(0.0, 0.3, (y * 70.0).sin() + 1.4 - 2.4 * smooth(0.25, shore, y));
            return mix(sky, self.light, disc(x - cx, y - shore + radius * 0.5, radius) * slots);
        }
        let depth = (y - shore) / (1.0 - shore) + 0.02;
        let line = |at: f32, width: f32| 1.0 - smooth(0.0, width, (at.fract() - 0.5).abs());
        let across_lines = line(0.9 / depth + self.chance[2], (0.05 / depth).min(0.4));
        let along_lines = line((x - cx) / depth * 2.2 + 0.5, 0.06);
        mix(self.near, self.horizon, across_lines.max(along_lines).clamp(0.0, 1.0) * 0.9)
    }
}

fn mix(one: Colour, other: Colour, share: f32) -> Colour {
    std::array::from_fn(|channel| one[channel] + (other[channel] - one[channel]) * share.clamp(0.0, 1.0))
}

fn bytes(colour: Colour) -> [u8; 3] {
    // Casting saturates.
    colour.map(|channel| channel.round() as u8)
}

/// From 0 at `from` to 1 at `to`, without a kink.
fn smooth(from: f32, to: f32, at: f32) -> f32 {
    let share = ((at - from) / (to - from)).clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

/// 1 inside a circle around the origin, 0 outside.
fn disc(x: f32, y: f32, radius: f32) -> f32 {
    1.0 - smooth(radius - 0.003, radius + 0.003, x.hypot(y))
}

/// A number from 0 to 1 that looks like chance.
fn noise(x: f32, y: f32) -> f32 {
    ((x * 12.9898 + y * 78.233).sin() * 43_758.547).fract().abs()
}
