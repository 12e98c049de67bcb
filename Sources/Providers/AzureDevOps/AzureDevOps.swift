/// Service hooks of Azure DevOps Services and Azure DevOps Server.
package struct AzureDevOps: Provider {
    /// `azure-devops`.
    package let name = "azure-devops"

    /// Which of Azure's own activities and subscriptions sent it; the event is named in the body alone.
    package let keptHeaders = ["x-vss-activityid", "x-vss-subscriptionid"]

    package init() {}
}
