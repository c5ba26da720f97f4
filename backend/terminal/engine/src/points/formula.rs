//! Formulas over points: + − × ÷ with parentheses, numbers and the ids of points, of bounded depth.

/// How deep parentheses may be nested.
const MAX_DEPTH: usize = 16;
/// The most operands of a formula.
const MAX_STEPS: usize = 400;

/// A formula in the order of its evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Number(f64),
    Point(String),
    Negate,
    Apply(char),
}

/// Where and why a text is no formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{en} at character {at} / 第 {at} 个字符：{zh}")]
pub struct FormulaError {
    /// The character, from 1.
    pub at: usize,
    /// Why, in Chinese.
    pub zh: &'static str,
    /// Why, in English.
    pub en: &'static str,
}

struct Reader<'a> {
    text: &'a [char],
    at: usize,
    steps: Vec<Step>,
}

impl Formula {
    /// Reads a formula such as `P01 + (P02 − P03) × 0.5`.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let text: Vec<char> = text.chars().collect();
        let mut reader = Reader { text: &text, at: 0, steps: Vec::new() };
        reader.sum(0)?;
        match reader.peek() {
            None => Ok(Self { steps: reader.steps }),
            Some(_) => Err(reader.error("此处应为运算符", "an operator is expected")),
        }
    }

    /// The points it names.
    pub fn points(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|it| match it {
            Step::Point(id) => Some(id.as_str()),
            _ => None,
        })
    }

    /// The value out of those of its points; none where one is missing or a divisor is zero.
    pub fn value(&self, of: impl Fn(&str) -> Option<f64>) -> Option<f64> {
        let mut stack: Vec<f64> = Vec::new();
        for step in &self.steps {
            let value = match step {
                Step::Number(value) => *value,
                Step::Point(id) => of(id)?,
                Step::Negate => -stack.pop()?,
                Step::Apply(sign) => {
                    let (right, left) = (stack.pop()?, stack.pop()?);
                    match sign {
                        '+' => left + right,
                        '-' => left - right,
                        '*' => left * right,
                        _ => left / right,
                    }
                }
            };
            stack.push(value);
        }
        stack.pop().filter(|it| it.is_finite())
    }
}

impl Reader<'_> {
    fn error(&self, zh: &'static str, en: &'static str) -> FormulaError {
        FormulaError { at: self.at + 1, zh, en }
    }

    fn peek(&mut self) -> Option<char> {
        while self.text.get(self.at).is_some_and(|it| it.is_whitespace()) {
            self.at += 1;
        }
        self.text.get(self.at).map(|it| match it {
            '−' | '－' => '-',
            '×' | '＊' => '*',
            '÷' | '／' => '/',
            '＋' => '+',
            '（' => '(',
            '）' => ')',
            other => *other,
        })
    }

    fn push(&mut self, step: Step) -> Result<(), FormulaError> {
        if self.steps.len() >= MAX_STEPS {
            return Err(self.error("公式过长", "the formula is too long"));
        }
        self.steps.push(step);
        Ok(())
    }

    fn sum(&mut self, depth: usize) -> Result<(), FormulaError> {
        self.product(depth)?;
        while let Some(sign @ ('+' | '-')) = self.peek() {
            self.at += 1;
            self.product(depth)?;
            self.push(Step::Apply(sign))?;
        }
        Ok(())
    }

    fn product(&mut self, depth: usize) -> Result<(), FormulaError> {
        self.operand(depth)?;
        while let Some(sign @ ('*' | '/')) = self.peek() {
            self.at += 1;
            self.operand(depth)?;
            self.push(Step::Apply(sign))?;
        }
        Ok(())
    }

    fn operand(&mut self, depth: usize) -> Result<(), FormulaError> {
        if depth > MAX_DEPTH {
            return Err(self.error("括号嵌套过深", "parentheses are nested too deep"));
        }
        match self.peek() {
            Some('(') => {
                self.at += 1;
                self.sum(depth + 1)?;
                if self.peek() != Some(')') {
                    return Err(self.error("缺少右括号", "a closing parenthesis is missing"));
                }
                self.at += 1;
                Ok(())
            }
            Some('-') => {
                self.at += 1;
                self.operand(depth + 1)?;
                self.push(Step::Negate)
            }
            Some(first) if first.is_ascii_digit() || first == '.' => {
                let word = self.word(|it| it.is_ascii_digit() || it == '.');
                match word.parse() {
                    Ok(value) => self.push(Step::Number(value)),
                    Err(_) => Err(self.error("数字不正确", "this is no number")),
                }
            }
            Some(first) if first.is_alphabetic() || first == '_' => {
                let word = self.word(|it| it.is_alphanumeric() || matches!(it, '_' | '.' | '#'));
                self.push(Step::Point(word))
            }
            _ => {
                Err(self
                    .error("此处应为采集点、数字或左括号", "a point, a number or ( is expected"))
            }
        }
    }

    fn word(&mut self, holds: impl Fn(char) -> bool) -> String {
        let rest = &self.text[self.at..];
        let word: String = rest.iter().take_while(|it| holds(**it)).collect();
        self.at += word.chars().count();
        word
    }
}

#[cfg(test)]
mod tests {
    use super::Formula;

    fn value(text: &str) -> Option<f64> {
        let of = |id: &str| match id {
            "P01" => Some(10.0),
            "P02" => Some(4.0),
            _ => None,
        };
        Formula::parse(text).ok().and_then(|it| it.value(of))
    }

    #[test]
    fn signs_bind_as_in_arithmetic() {
        assert_eq!(value("P01 + P02 × 2"), Some(18.0));
        assert_eq!(value("(P01 − P02) ÷ 2 - -1"), Some(4.0));
        assert_eq!(value("P01 - P02 - 1"), Some(5.0));
    }

    #[test]
    fn what_is_missing_or_infinite_is_a_gap() {
        assert_eq!(value("P01 + P09"), None);
        assert_eq!(value("P01 / (P02 - 4)"), None);
    }

    #[test]
    fn errors_name_their_place_and_depth_is_bounded() {
        assert_eq!(Formula::parse("P01 + ").map_err(|it| it.at), Err(7));
        assert!(Formula::parse(&format!("{}1{}", "(".repeat(500), ")".repeat(500))).is_err());
        assert!(Formula::parse(&"-".repeat(500)).is_err());
    }
}
