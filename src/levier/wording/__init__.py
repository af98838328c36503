"""
What results say: messages with typed values, said in the language that is asked for.

`messages` makes them, `values` holds what stands in their places, `explained` gives results their voice, `formats`
writes numbers and dates as CLDR does, and `catalogue` holds the translations: gettext's files, one folder a language.
English stands in the code. Babel is imported at the first sentence, and never before.
"""
