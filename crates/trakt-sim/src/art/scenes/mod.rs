//! The scenes. A scene is a composition; palette and randomness make it unique to the title.

mod cosmos;
mod fable;
mod land;
mod machines;
mod night;
mod pattern;
mod print;
mod rooms;
mod streets;
mod travel;

use super::canvas::Canvas;
use super::colour::{Mood, Palette};
use super::text::Font;
use crate::catalogue::random::Random;

type Draw = fn(&mut Canvas, &Palette, &mut Random);

/// Lists the scenes once: variant, name in the catalogue, drawing function.
macro_rules! scenes {
    ($($variant:ident $name:literal $draw:path;)*) => {
        /// A composition.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Scene { $($variant,)* }

        impl Scene {
            #[cfg(test)]
            pub(super) const ALL: &[Scene] = &[$(Scene::$variant,)*];

            /// Returns the scene with this name in the catalogue.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }

            pub(super) fn draw(self, canvas: &mut Canvas, palette: &Palette, random: &mut Random) {
                let draw: Draw = match self { $(Self::$variant => $draw,)* };
                draw(canvas, palette, random);
            }
        }
    };
}

scenes! {
    Graveyard "graveyard" night::graveyard;
    Vampire "vampire" night::vampire;
    Witch "witch" night::witch;
    HauntedHouse "haunted-house" night::haunted_house;
    Carnival "carnival" night::carnival;
    Beyond "beyond" night::beyond;
    Forest "forest" night::forest;
    NoirCity "noir-city" streets::noir;
    Street "street" streets::street;
    CrookedStreet "crooked-street" streets::crooked_street;
    Detective "detective" rooms::detective;
    Clock "clock" rooms::clock;
    Highway "highway" travel::highway;
    Paris "paris" streets::paris;
    Venetian "venetian" rooms::venetian;
    Opera "opera" rooms::opera;
    Mountains "mountains" land::mountains;
    SnowMountains "snow-mountains" land::snow_mountains;
    Hills "hills" land::hills;
    Dinosaur "dinosaur" land::dinosaur;
    Spring "spring" fable::spring;
    Island "island" fable::island;
    Dragon "dragon" fable::dragon;
    Locomotive "locomotive" travel::locomotive;
    Riverboat "riverboat" travel::riverboat;
    Battleship "battleship" travel::battleship;
    Sea "sea" land::sea;
    Llama "llama" fable::llama;
    Moon "moon" cosmos::moon_face;
    Planets "planets" cosmos::planets;
    Rocket "rocket" cosmos::rocket;
    Crash "crash" cosmos::crash;
    RobotCity "robot-city" machines::robot_city;
    Mech "mech" machines::mech;
    Machine "machine" machines::machine;
    Deco "deco" machines::deco;
    Newsroom "newsroom" print::newsroom;
    Projector "projector" print::projector;
    Agent "agent" print::agent;
    Coffee "coffee" print::coffee;
    Meadow "meadow" fable::meadow;
    Mushrooms "mushrooms" fable::mushrooms;
    Bauhaus "bauhaus" pattern::bauhaus;
    Arches "arches" pattern::arches;
    Waves "waves" pattern::waves;
    Portrait "portrait" print::portrait;
}

impl Scene {
    /// Returns the scenes that suit a mood, for titles without a motif.
    pub(super) fn fitting(mood: Mood) -> &'static [Self] {
        use Scene::*;
        match mood {
            Mood::Dread => &[Graveyard, HauntedHouse, Witch, Forest, Vampire, Carnival, CrookedStreet],
            Mood::Noir => &[NoirCity, Street, Detective, Highway, Venetian, Beyond, Clock, Paris],
            Mood::Future => &[Planets, Rocket, RobotCity, Moon, Crash, Machine, Mech],
            Mood::Adventure => &[Mountains, Highway, Sea, Locomotive, SnowMountains, Hills, Riverboat],
            Mood::Romance => &[Paris, Sea, Street, Hills, Riverboat, Deco],
            Mood::Wonder => &[Island, Dragon, Spring, Forest, Mountains, Beyond],
            Mood::Daylight => &[Meadow, Hills, Island, Mountains, Sea, SnowMountains],
            Mood::Print => &[Bauhaus, Arches, Waves, Deco, Projector, Bauhaus, Coffee],
            Mood::Drama => &[Sea, Street, Hills, Mountains, Highway, Opera, Clock, NoirCity, Forest],
            Mood::War => &[Battleship, Mountains, NoirCity, Locomotive, Hills],
        }
    }

    /// Returns whether the scene has flat colours on paper, with dark lettering on the left.
    pub(super) fn is_print(self) -> bool {
        use Scene::*;
        matches!(self, Newsroom | Projector | Agent | Coffee | Bauhaus | Arches | Waves)
    }

    /// Returns a typeface that belongs to the composition rather than to the mood.
    pub(super) fn font(self) -> Option<Font> {
        match self {
            Self::Deco | Self::RobotCity | Self::Opera => Some(Font::Poiret),
            Self::CrookedStreet | Self::Graveyard => Some(Font::League),
            Self::Newsroom => Some(Font::Archivo),
            Self::Clock | Self::Rocket => Some(Font::Bebas),
            Self::Paris => Some(Font::Serif),
            _ => None,
        }
    }
}
