package nl.keuzecatalogus.devnode.analysis;

import java.util.List;

import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.Analysis;

/** Lists of rules of the form "left => right" in settings. */
final class Rules {
    private Rules() {}

    record Sides(String left, String right) {}

    static List<String> read(Environment environment, Settings settings, String name) {
        List<String> rules = Analysis.getWordList(environment, settings, name);
        if (rules == null) {
            throw new IllegalArgumentException("the setting [" + name + "] or [" + name + "_path] is needed");
        }
        return rules;
    }

    /** The official module reads escapes such as \\u0020; this one does not, so it refuses a backslash. */
    static Sides split(String rule) {
        String[] sides = rule.split("=>", -1);
        if (sides.length != 2 || sides[0].isBlank() || rule.contains("\\")) {
            throw new IllegalArgumentException("[" + rule + "] is no rule of the form \"left => right\" without backslash");
        }
        return new Sides(sides[0].trim(), sides[1].trim());
    }
}
