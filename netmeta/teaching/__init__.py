"""What a learner is asked, and what is said to the answer; nothing here knows a widget."""
