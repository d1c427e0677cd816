using System.CommandLine;

using TinyGguf;

var tiny = ModelShape.Tiny;
var file = new Argument<FileInfo>("file") { Description = "The GGUF file to write." };
var embedding = Size("--embedding", "Length of a token's vector.", tiny.Embedding);
var layers = Size("--layers", "Number of layers.", tiny.Layers);
var heads = Size("--heads", "Attention heads of a layer.", tiny.Heads);
var keyValueHeads = new Option<int?>("--kv-heads") { Description = "Heads of keys and values, as many as --heads unless given.", HelpName = "number" };
var feedForward = Size("--feed-forward", "Width of the feed-forward part.", tiny.FeedForward);
var context = Size("--context", "Longest text in tokens.", tiny.Context);
var seed = Size("--seed", "Decides the weights.", 1);

var root = new RootCommand("Writes a llama model with random weights, to have something to load where there are no weights.")
{
    file, embedding, layers, heads, keyValueHeads, feedForward, context, seed,
};
root.SetAction(result =>
{
    var path = result.GetRequiredValue(file);
    var shape = new ModelShape
    {
        Embedding = result.GetValue(embedding),
        Layers = result.GetValue(layers),
        Heads = result.GetValue(heads),
        KeyValueHeads = result.GetValue(keyValueHeads) ?? result.GetValue(heads),
        FeedForward = result.GetValue(feedForward),
        Context = result.GetValue(context),
    };
    if (shape.Problem is { } problem)
    {
        Console.Error.WriteLine(problem + ".");
        return 1;
    }

    TinyModel.Write(path.FullName, shape, result.GetValue(seed));
    path.Refresh();
    Console.WriteLine($"{path.FullName}: {path.Length / 1e6:0.0} MB");
    return 0;
});
return root.Parse(args).Invoke();

static Option<int> Size(string name, string description, int standard) => new(name)
{
    Description = description,
    HelpName = "number",
    DefaultValueFactory = _ => standard,
};
