# What the screens say: films, panels, votes, events, sponsors, rules.
