// A container that starts takes a core: not while another class is being measured.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
